import * as contracts from '@voxreach/contracts';
import { defaultMetadataStorage } from 'class-transformer/cjs/storage.js';
import { IS_DATE_STRING, IS_OPTIONAL, ValidationTypes } from 'class-validator';
import { validationMetadatasToSchemas } from 'class-validator-jsonschema';
import type { OpenAPIObject } from '@nestjs/swagger';

type Schemas = NonNullable<NonNullable<OpenAPIObject['components']>['schemas']>;
type Schema = Exclude<Schemas[string], { $ref: string }>;
type Properties = NonNullable<Schema['properties']>;

const PREFIX = '#/components/schemas/';

const refTo = ({ name }: { name: string }) => ({ $ref: PREFIX + name });

/**
 * JSON schemas of the contracts' DTO classes, read from the rules that check them: the document cannot say anything else.
 * `…Body` classes, and what they are made of, are requests and take no unknown fields; all others are answers, which leave no
 * field out for being null.
 */
export function dtoSchemas(): Record<string, Schema> {
  const schemas = Object.fromEntries(
    Object.entries(rawSchemas())
      .filter(([name]) => name in contracts)
      .map(([name, schema]) => [name, { ...schema, properties: tidied(schema.properties) }]),
  );
  for (const { id, body } of Object.values(contracts.PROVIDERS))
    setProperty(schemas, body, 'provider', { type: 'string', enum: [id] });
  setProperty(schemas, contracts.CreateCredentialBody, 'credential', { oneOf: credentialRefs() });
  const requests = reachable(
    schemas,
    Object.keys(schemas).filter((name) => name.endsWith('Body')),
  );
  for (const [name, schema] of Object.entries(schemas)) {
    if (requests.has(name)) schema.additionalProperties = false;
    else if (!name.endsWith('Query')) requireNullable(schema);
  }
  return schemas;
}

function rawSchemas(): Record<string, Schema> {
  const schemas = validationMetadatasToSchemas({
    classTransformerMetadataStorage: defaultMetadataStorage,
    refPointerPrefix: PREFIX,
    additionalConverters: {
      [IS_DATE_STRING]: { type: 'string', format: 'date-time' },
      // `@IsOptional()` lets null through; contracts use it for that alone.
      [ValidationTypes.CONDITIONAL_VALIDATION]: ({ name }) =>
        name === IS_OPTIONAL ? { nullable: true } : {},
      // A rule of our own says nothing that a schema could hold.
      [ValidationTypes.CUSTOM_VALIDATION]: {},
    },
  });
  // The same OpenAPI types, declared twice by the two libraries.
  return schemas as Record<string, Schema>;
}

/** OpenAPI 3.0 ignores what stands beside a `$ref`, so a nullable one is wrapped. */
const tidied = (properties: Properties = {}): Properties =>
  Object.fromEntries(
    Object.entries(properties).map(([name, property]) => {
      if (!('$ref' in property)) return [name, property];
      const { $ref } = property;
      return [
        name,
        'nullable' in property ? { type: 'object', nullable: true, allOf: [{ $ref }] } : { $ref },
      ];
    }),
  );

/** A property whose rules depend on the provider; it is always required. */
function setProperty(
  schemas: Record<string, Schema>,
  type: { name: string },
  name: string,
  property: Schema,
) {
  const schema = schemas[type.name];
  if (schema === undefined) throw new Error(`There is no schema of ${type.name}`);
  schema.properties = { ...schema.properties, [name]: property };
  schema.required = [...new Set([...(schema.required ?? []), name])];
}

const credentialRefs = () =>
  Object.values(contracts.PROVIDERS).flatMap(({ credential }) =>
    credential === null ? [] : [refTo(credential.body)],
  );

function requireNullable(schema: Schema): void {
  const nullable = Object.entries(schema.properties ?? {})
    .filter(([, property]) => 'nullable' in property)
    .map(([name]) => name);
  schema.required = [...(schema.required ?? []), ...nullable];
}

/** The named schemas and all that they refer to. */
function reachable(schemas: Record<string, Schema>, names: string[], found = new Set<string>()): Set<string> {
  for (const name of names.filter((name) => !found.has(name))) {
    found.add(name);
    const refs = JSON.stringify(schemas[name]).matchAll(/"#\/components\/schemas\/(\w+)"/g);
    reachable(
      schemas,
      [...refs].map(([, inner = '']) => inner),
      found,
    );
  }
  return found;
}
