import { ModulesContainer, Reflector } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import {
  ApiProperty,
  type ApiPropertyOptions,
  DocumentBuilder,
  type OpenAPIObject,
  SwaggerModule,
} from '@nestjs/swagger';
import * as contracts from '@voxreach/contracts';
import { ROUTE_ACCESS } from '../access/route-access';
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
  const schemas = dtoSchemas();
  describeQueries(schemas);
  const document = SwaggerModule.createDocument(app, builder.build());
  return {
    ...document,
    paths: completed(document.paths, publicOperations(app)),
    components: { ...document.components, schemas },
  };
}

/** Nest lists query parameters by decorators of its own, which contracts do without: they are put on here. */
export function describeQueries(schemas: ReturnType<typeof dtoSchemas>): void {
  for (const [name, type] of Object.entries(contracts)) {
    if (!name.endsWith('Query') || typeof type !== 'function') continue;
    for (const [property, schema] of Object.entries(schemas[name]?.properties ?? {})) {
      ApiProperty({ ...schema, required: false } as ApiPropertyOptions)(type.prototype as object, property);
    }
  }
}

/** Every route can answer with a problem; public ones want no session. */
function completed(paths: OpenAPIObject['paths'], isPublic: ReadonlySet<string>): OpenAPIObject['paths'] {
  for (const item of Object.values(paths)) {
    for (const operation of [item.get, item.post, item.patch, item.delete]) {
      if (operation === undefined) continue;
      operation.responses['default'] = PROBLEM;
      if (isPublic.has(operation.operationId ?? '')) operation.security = [];
    }
  }
  return paths;
}

/** Ids of the operations that are marked `@Public()`, as Nest makes them: class and method. */
function publicOperations(app: NestFastifyApplication): ReadonlySet<string> {
  const reflector = app.get(Reflector);
  const controllers = [...app.get(ModulesContainer).values()].flatMap((module) => [
    ...module.controllers.values(),
  ]);
  const ids = controllers.flatMap(({ metatype }) => {
    if (typeof metatype !== 'function') return [];
    const methods = Object.entries(Object.getOwnPropertyDescriptors(metatype.prototype as object));
    return methods
      .filter(
        ([, { value }]) =>
          typeof value === 'function' &&
          reflector.getAllAndOverride(ROUTE_ACCESS, [value, metatype]) === 'public',
      )
      .map(([method]) => `${metatype.name}_${method}`);
  });
  return new Set(ids);
}

const PROBLEM = {
  description: 'A problem, told by its code',
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/ProblemResponse' } } },
};
