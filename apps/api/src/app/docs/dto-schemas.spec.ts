import 'reflect-metadata';
import '../config/environment';
import { Controller, Get, Module, Query } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import * as contracts from '@voxreach/contracts';
import { Public } from '../access/route-access';
import { dtoSchemas } from './dto-schemas';
import { apiDocument } from './openapi';

const schemas = dtoSchemas();

const schemaOf = (name: string) => {
  const schema = schemas[name];
  if (schema === undefined) throw new Error(`There is no schema ${name}`);
  return schema;
};

const property = (name: string, key: string) => schemaOf(name).properties?.[key];

describe('the schemas', () => {
  it('are of the contracts and of nothing else', () => {
    expect(schemas).not.toHaveProperty('Environment');
    expect(Object.keys(schemas).filter((name) => !(name in contracts))).toEqual([]);
    expect(Object.keys(schemas)).toContain('PhoneNumberResponse');
  });

  it('refer only to schemas that are there', () => {
    const refs = JSON.stringify(schemas).matchAll(/"#\/components\/schemas\/([^"]+)"/g);
    expect([...refs].map(([, name = '']) => name).filter((name) => !(name in schemas))).toEqual([]);
  });

  it('say nothing beside a reference, which OpenAPI 3.0 would ignore', () => {
    const properties = Object.values(schemas).flatMap((schema) => Object.values(schema.properties ?? {}));
    for (const given of properties.filter((each) => '$ref' in each))
      expect(Object.keys(given)).toEqual(['$ref']);
  });

  it('have times as date-time', () => {
    expect(property('PhoneNumberResponse', 'createdAt')).toEqual({ type: 'string', format: 'date-time' });
  });
});

describe('the schema of a request', () => {
  it.each([
    'ImportTwilioBody',
    'TwilioCredential',
    'ByoSipTrunkCredential',
    'SipGateway',
    'SipRegisterPlan',
    'CreateCredentialBody',
    'UpdatePhoneNumberBody',
    'LoginBody',
  ])('takes no unknown fields: %s', (name) => {
    expect(schemaOf(name).additionalProperties).toBe(false);
  });

  it.each(Object.values(contracts.PROVIDERS))('of $label has that provider only', ({ id, body }) => {
    expect(property(body.name, 'provider')).toEqual({ type: 'string', enum: [id] });
    expect(schemaOf(body.name).required).toContain('provider');
  });

  it.each(['UpdatePhoneNumberBody', 'ImportTwilioBody', 'ProvisionVapiBody'])(
    'lets null clear agent and fallback number, and does not ask for them: %s',
    (name) => {
      for (const key of ['agentId', 'fallbackNumber']) {
        expect(property(name, key)).toMatchObject({ nullable: true });
        expect(schemaOf(name).required ?? []).not.toContain(key);
      }
      expect(property(name, 'name')).not.toHaveProperty('nullable');
    },
  );

  it('takes the credentials of any of the four carriers', () => {
    expect(property('CreateCredentialBody', 'credential')).toEqual({
      oneOf: [
        { $ref: '#/components/schemas/TwilioCredential' },
        { $ref: '#/components/schemas/VonageCredential' },
        { $ref: '#/components/schemas/TelnyxCredential' },
        { $ref: '#/components/schemas/ByoSipTrunkCredential' },
      ],
    });
    expect(schemaOf('CreateCredentialBody').required).toEqual(['provider', 'credential']);
  });
});

describe('the schema of an answer', () => {
  it.each([
    ['PhoneNumberResponse', ['number', 'sipUri', 'agent', 'credential', 'fallbackNumber']],
    ['AgentDetailResponse', ['firstMessage', 'systemPrompt']],
    ['PhoneNumberPage', ['nextCursor']],
    ['CredentialPage', ['nextCursor']],
    ['AgentPage', ['nextCursor']],
  ])('has what may be null always there: %s', (name, keys) => {
    for (const key of keys) {
      expect(property(name, key)).toMatchObject({ nullable: true });
      expect(schemaOf(name).required).toContain(key);
    }
  });

  it('wraps a reference that may be null', () => {
    expect(property('PhoneNumberResponse', 'agent')).toEqual({
      type: 'object',
      nullable: true,
      allOf: [{ $ref: '#/components/schemas/NamedReference' }],
    });
  });

  it.each([
    ['PhoneNumberResponse', ['sipAddress', 'attention']],
    ['ProblemResponse', ['errors', 'usedBy']],
  ])('may lack what only some have, and never says null for it: %s', (name, keys) => {
    for (const key of keys) {
      expect(property(name, key)).not.toHaveProperty('nullable');
      expect(schemaOf(name).required).not.toContain(key);
    }
  });

  it('may gain fields later', () => {
    expect(schemaOf('PhoneNumberResponse')).not.toHaveProperty('additionalProperties');
  });
});

@Controller('things')
class ThingsController {
  @Get()
  list(@Query() query: contracts.ListPhoneNumbersQuery): object {
    return query;
  }

  @Public()
  @Get('open')
  open(): object {
    return {};
  }
}

@Public()
@Controller('doors')
class DoorsController {
  @Get()
  all(): object {
    return {};
  }
}

@Module({ controllers: [ThingsController, DoorsController] })
class ThingsModule {}

describe('the document', () => {
  let app: NestFastifyApplication;

  beforeAll(async () => {
    app = await NestFactory.create<NestFastifyApplication>(ThingsModule, new FastifyAdapter(), {
      logger: false,
    });
  });
  afterAll(() => app.close());

  const operation = (path: string) => apiDocument(app).paths[path]?.get;

  it('lists the query parameters of a route with their rules', () => {
    const parameters = operation('/things')?.parameters ?? [];
    const byName = Object.fromEntries(
      parameters.map((parameter) => ('name' in parameter ? [parameter.name, parameter] : ['', parameter])),
    );
    expect(Object.keys(byName).toSorted()).toEqual([
      'agentId',
      'cursor',
      'limit',
      'provider',
      'search',
      'sort',
      'status',
    ]);
    expect(byName['limit']).toMatchObject({
      in: 'query',
      required: false,
      schema: { type: 'integer', minimum: 1, maximum: 100 },
    });
    expect(byName['sort']).toMatchObject({
      schema: { type: 'string', enum: ['createdAt', '-createdAt', 'number', 'name'] },
    });
  });

  it('names an operation as a program would call it', () => {
    expect(operation('/things/open')?.operationId).toBe('things.open');
  });

  it('is the same however often it is asked for', () => {
    expect(apiDocument(app)).toEqual(apiDocument(app));
  });

  it('asks for a session except where a route or its controller is public', () => {
    expect(apiDocument(app).security).toEqual([{ bearer: [] }]);
    expect(operation('/things')).not.toHaveProperty('security');
    expect(operation('/things/open')?.security).toEqual([]);
    expect(operation('/doors')?.security).toEqual([]);
  });

  it('says who may use a route', () => {
    expect(operation('/things/open')).toMatchObject({ 'x-access': 'public' });
    expect(operation('/doors')).toMatchObject({ 'x-access': 'public' });
    expect(operation('/things')).not.toHaveProperty('x-access');
  });

  it('says of every route that it can answer with a problem', () => {
    for (const path of ['/things', '/things/open', '/doors'])
      expect(operation(path)?.responses['default']).toMatchObject({
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/ProblemResponse' } } },
      });
  });
});
