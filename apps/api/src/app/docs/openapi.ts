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
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ATTEMPTS, ROUTE_ACCESS, type RouteAccess, STEP_UP } from '../access/route-access';
import { dtoSchemas } from './dto-schemas';

/** Of the API as its document describes it, and of the client package: no two documents have the same one (see libs/client). */
const API_VERSION = '1.0.0';

const POLICY_OF_THE_PAGE = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** Serves the OpenAPI document at `/api/openapi.json`, with a page to browse it at `/api/docs`. */
export function serveApiDocs(app: NestFastifyApplication): void {
  // The page brings its own styles, and fetches the document.
  app
    .getHttpAdapter()
    .getInstance()
    .addHook('onRequest', async ({ url }: FastifyRequest, reply: FastifyReply) => {
      if (url.startsWith('/api/docs')) void reply.header('content-security-policy', POLICY_OF_THE_PAGE);
    });
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
    .setVersion(API_VERSION)
    .addBearerAuth()
    .addSecurityRequirements('bearer');
  const schemas = dtoSchemas();
  describeQueries(schemas);
  const document = SwaggerModule.createDocument(app, builder.build(), { operationIdFactory: operationIdOf });
  return {
    ...document,
    paths: completed(document.paths, operationRules(app)),
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

/** Who may use an operation, as its decorators say it. */
interface OperationRules {
  access: RouteAccess | undefined;
  wantsStepUp: boolean;
  attempts: contracts.AuditAction | undefined;
}

/**
 * Every route can answer with a problem; public ones want no session. Who may use a route stands at it: `x-access` has `public`,
 * `signed-in` or the permission (of the role, or the scope of the API key), `x-step-up` is true where people prove once more who they are,
 * `x-audit-action` has the name under which the audit trail tells of it.
 */
function completed(
  paths: OpenAPIObject['paths'],
  rules: ReadonlyMap<string, OperationRules>,
): OpenAPIObject['paths'] {
  for (const item of Object.values(paths)) {
    for (const operation of [item.get, item.post, item.patch, item.delete]) {
      if (operation === undefined) continue;
      operation.responses['default'] = PROBLEM;
      const { access, wantsStepUp, attempts } = rules.get(operation.operationId ?? '') ?? CLOSED;
      if (access === 'public') operation.security = [];
      Object.assign(operation, {
        ...(access === undefined ? {} : { 'x-access': access }),
        ...(wantsStepUp ? { 'x-step-up': true } : {}),
        ...(attempts === undefined ? {} : { 'x-audit-action': attempts }),
      });
    }
  }
  return paths;
}

const CLOSED: OperationRules = { access: undefined, wantsStepUp: false, attempts: undefined };

/** `phoneNumbers.import`: clients that are made of the document name what can be called after it. */
function operationIdOf(controller: string, method: string): string {
  const name = controller.replace(/Controller$/, '');
  return `${name.charAt(0).toLowerCase()}${name.slice(1)}.${method}`;
}

/** The rules by the operations' ids. */
function operationRules(app: NestFastifyApplication): ReadonlyMap<string, OperationRules> {
  const reflector = app.get(Reflector);
  const controllers = [...app.get(ModulesContainer).values()].flatMap((module) => [
    ...module.controllers.values(),
  ]);
  return new Map(
    controllers.flatMap(({ metatype }) => {
      if (typeof metatype !== 'function') return [];
      const methods = Object.entries(Object.getOwnPropertyDescriptors(metatype.prototype as object));
      return methods.flatMap(([method, { value }]): [string, OperationRules][] => {
        if (typeof value !== 'function') return [];
        const said = <T>(key: string) =>
          reflector.getAllAndOverride<T | undefined>(key, [value as () => unknown, metatype]);
        return [
          [
            operationIdOf(metatype.name, method),
            {
              access: said<RouteAccess>(ROUTE_ACCESS),
              wantsStepUp: said<boolean>(STEP_UP) === true,
              attempts: said<contracts.AuditAction>(ATTEMPTS),
            },
          ],
        ];
      });
    }),
  );
}

const PROBLEM = {
  description: 'A problem, told by its code',
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/ProblemResponse' } } },
};
