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
    .setDescription("Bring your own phone numbers to AI voice agents. Errors are problem+json (RFC 9457); times are ISO 8601 UTC.")
    .setVersion('1.0.0')
    .addBearerAuth()
    .addSecurityRequirements('bearer');
  const document = SwaggerModule.createDocument(app, builder.build());
  const schemas = dtoSchemas();
  return { ...document, paths: withPlainIds(document.paths), components: { ...document.components, schemas } };
}

/** Routes that match UUIDs only carry the pattern in their path. */
function withPlainIds(paths: OpenAPIObject['paths']): OpenAPIObject['paths'] {
  return Object.fromEntries(
    Object.entries(paths).map(([path, item]) => {
      for (const operation of Object.values(item as Record<string, { responses?: Record<string, unknown> }>)) {
        if (operation.responses !== undefined) operation.responses['default'] = PROBLEM;
      }
      return [path.replace(/\{id\}\([^)]*\)/, '{id}'), item];
    }),
  );
}

const PROBLEM = {
  description: 'A problem, told by its code',
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/ProblemResponse' } } },
};
