import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { dtoSchemas } from './dto-schemas';

/** Serves the OpenAPI document at `/api/openapi.json`, with a page to browse it at `/api/docs`. */
export function serveApiDocs(app: NestFastifyApplication): void {
  // Made at the first request for it: no start waits for a document.
  SwaggerModule.setup('api/docs', app, () => apiDocument(app), { jsonDocumentUrl: 'api/openapi.json' });
}

/** The document, generated from the controllers and the DTO classes' own rules. */
export function apiDocument(app: NestFastifyApplication): OpenAPIObject {
  const builder = new DocumentBuilder()
    .setTitle('VoxReach API')
    .setDescription(
      'Bring your own phone numbers to AI voice agents. Errors are problem+json (RFC 9457); times are ISO 8601 UTC.',
    )
    .setVersion('1.0.0')
    .addBearerAuth()
    .addSecurityRequirements('bearer');
  const document = SwaggerModule.createDocument(app, builder.build());
  const schemas = dtoSchemas();
  return {
    ...document,
    paths: withProblems(document.paths),
    components: { ...document.components, schemas },
  };
}

/** Every route can answer with a problem. */
function withProblems(paths: OpenAPIObject['paths']): OpenAPIObject['paths'] {
  for (const item of Object.values(paths)) {
    for (const operation of Object.values(item as Record<string, { responses?: Record<string, unknown> }>)) {
      if (operation.responses !== undefined) operation.responses['default'] = PROBLEM;
    }
  }
  return paths;
}

const PROBLEM = {
  description: 'A problem, told by its code',
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/ProblemResponse' } } },
};
