import 'reflect-metadata';
import { ConfigurationError, readEnvironment } from './environment';

const PRODUCTION = {
  NODE_ENV: 'production',
  VAPI_API_KEY: 'key',
  JWT_SECRET: 'j'.repeat(32),
  VAPI_WEBHOOK_SECRET: 'w'.repeat(16),
  PUBLIC_URL: 'https://voxreach.example',
};

const problemsOf = (variables: NodeJS.ProcessEnv): string => {
  try {
    readEnvironment(variables);
  } catch (error) {
    if (error instanceof ConfigurationError) return error.message;
    throw error;
  }
  return '';
};

describe('an empty environment', () => {
  it('is enough outside production', () => {
    expect(readEnvironment({})).toEqual({
      PORT: 3000,
      DATA_DIR: '.voxreach',
      VAPI_BASE_URL: 'https://api.vapi.ai',
      VAPI_ASSISTANT_MODEL: 'openai/gpt-4o',
      ALLOW_SIGNUP: true,
      DATABASE_POOL_SIZE: 10,
      RATE_LIMIT_PER_MINUTE: 1_200,
      MAX_NUMBERS_PER_ORGANIZATION: 10_000,
      MAX_AGENTS_PER_ORGANIZATION: 1_000,
      MAX_CREDENTIALS_PER_ORGANIZATION: 10_000,
      MAX_ORGANIZATIONS_PER_PERSON: 100,
      SESSION_IDLE_MINUTES: 30,
      SESSION_LIFETIME_MINUTES: 720,
      TRUST_PROXY: false,
      REQUEST_TIMEOUT_MS: 45_000,
      VAPI_READ_TIMEOUT_MS: 10_000,
      VAPI_WRITE_TIMEOUT_MS: 30_000,
      OTEL_TRACES_SAMPLER: 'parentbased_always_on',
      OTEL_TRACES_SAMPLER_ARG: 1,
      STOP_DRAIN_MS: 0,
      STOP_TIMEOUT_MS: 90_000,
    });
  });

  it('is the same when values are there but empty', () => {
    const empty = Object.fromEntries(
      ['NODE_ENV', 'PORT', 'VAPI_API_KEY', 'ALLOW_SIGNUP', 'PUBLIC_URL', 'DATA_DIR'].map((name) => [
        name,
        '',
      ]),
    );
    expect(readEnvironment(empty)).toEqual(readEnvironment({}));
  });

  it('is not troubled by variables of others', () => {
    expect(readEnvironment({ PATH: '/bin', HOME: '/root' })).toEqual(readEnvironment({}));
  });
});

describe('the environment', () => {
  it('is read with its types', () => {
    const read = readEnvironment({
      ...PRODUCTION,
      PORT: '8080',
      DATABASE_URL: 'postgresql://user:pw@db:5432/voxreach',
      ALLOW_VAPI_NUMBERS: 'true',
      ALLOW_SIGNUP: 'false',
      VAPI_BASE_URL: 'http://localhost:4000/',
      VAPI_ASSISTANT_MODEL: 'custom-llm/org/model:2.1',
      VAPI_READ_TIMEOUT_MS: '250',
    });
    expect(read).toMatchObject({
      PORT: 8080,
      ALLOW_VAPI_NUMBERS: true,
      ALLOW_SIGNUP: false,
      VAPI_BASE_URL: 'http://localhost:4000/',
      VAPI_ASSISTANT_MODEL: 'custom-llm/org/model:2.1',
      VAPI_READ_TIMEOUT_MS: 250,
    });
  });

  it.each([
    ['NODE_ENV', 'staging'],
    ['PORT', 'http'],
    ['PORT', '70000'],
    ['PORT', '-1'],
    ['PORT', '80.5'],
    ['DATABASE_URL', 'mysql://db'],
    ['JWT_SECRET', 'short'],
    ['VAPI_WEBHOOK_SECRET', 'short'],
    ['VAPI_BASE_URL', 'api.vapi.ai'],
    ['VAPI_BASE_URL', 'ftp://api.vapi.ai'],
    ['PUBLIC_URL', 'not an address'],
    ['VAPI_ASSISTANT_MODEL', 'gpt-4o'],
    ['ALLOW_VAPI_NUMBERS', 'yes'],
    ['ALLOW_SIGNUP', '0'],
    ['TRUST_PROXY', 'yes'],
    ['TRUST_PROXY', '9'],
    ['LOG_LEVEL', 'loud'],
    ['RATE_LIMIT_PER_MINUTE', '0'],
    ['RATE_LIMIT_PER_MINUTE', 'many'],
    ['AUDIT_RETENTION_DAYS', '0'],
    ['AUDIT_RETENTION_DAYS', 'for ever'],
    ['JWT_SECRET_PREVIOUS', 'short'],
    ['SESSION_IDLE_MINUTES', '19'],
    ['SESSION_LIFETIME_MINUTES', 'never'],
    ['MAX_NUMBERS_PER_ORGANIZATION', '0'],
    ['MAX_AGENTS_PER_ORGANIZATION', 'many'],
    ['MAX_CREDENTIALS_PER_ORGANIZATION', '1000001'],
    ['MAX_ORGANIZATIONS_PER_PERSON', '1.5'],
    ['REQUEST_TIMEOUT_MS', '0'],
    ['VAPI_READ_TIMEOUT_MS', '0'],
    ['VAPI_READ_TIMEOUT_MS', '10s'],
    ['VAPI_WRITE_TIMEOUT_MS', '600001'],
    ['OTEL_EXPORTER_OTLP_ENDPOINT', 'collector:4318'],
    ['OTEL_TRACES_EXPORTER', 'zipkin'],
    ['OTEL_TRACES_SAMPLER', 'sometimes'],
    ['OTEL_TRACES_SAMPLER_ARG', '1.5'],
    ['OTEL_TRACES_SAMPLER_ARG', 'half'],
    ['STOP_DRAIN_MS', '-1'],
    ['STOP_TIMEOUT_MS', '0'],
  ])('is refused with %s=%s, by that name', (name, value) => {
    const lines = problemsOf({ [name]: value })
      .split('\n')
      .slice(1);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(new RegExp(`^ {2}- ${name} \\w`));
  });

  it.each([
    ['true', true],
    ['false', false],
    ['2', 2],
  ])('takes %s for the proxies in front', (given, read) => {
    expect(readEnvironment({ TRUST_PROXY: given }).TRUST_PROXY).toBe(read);
  });

  it('is refused with all of its problems at once', () => {
    const message = problemsOf({ PORT: 'http', JWT_SECRET: 'short', ALLOW_SIGNUP: 'yes', LOG_LEVEL: 'loud' });
    for (const name of ['PORT', 'JWT_SECRET', 'ALLOW_SIGNUP', 'LOG_LEVEL'])
      expect(message).toContain(`- ${name}`);
    expect(message.split('\n')).toHaveLength(5);
  });

  it('is refused with a secret of before that is the present one', () => {
    expect(problemsOf({ ...PRODUCTION, JWT_SECRET_PREVIOUS: PRODUCTION.JWT_SECRET })).toMatch(
      /- JWT_SECRET_PREVIOUS is the same as JWT_SECRET/,
    );
    expect(problemsOf({ ...PRODUCTION, JWT_SECRET_PREVIOUS: 'k'.repeat(32) })).toBe('');
  });

  it('is refused without quoting a value, which may be a secret', () => {
    const message = problemsOf({
      JWT_SECRET: 'hunter2',
      VAPI_WEBHOOK_SECRET: 'hunter3',
      DATABASE_URL: 'hunter4',
    });
    expect(message).not.toContain('hunter');
  });
});

describe('production', () => {
  it('starts with what it needs', () => {
    expect(problemsOf(PRODUCTION)).toBe('');
  });

  it('names everything that is missing at once', () => {
    const message = problemsOf({ NODE_ENV: 'production', PORT: 'http' });
    for (const name of ['VAPI_API_KEY', 'JWT_SECRET', 'VAPI_WEBHOOK_SECRET', 'PUBLIC_URL'])
      expect(message).toContain(`- ${name} is required in production: `);
    expect(message).toContain('- PORT ');
  });

  it.each(Object.keys(PRODUCTION).filter((name) => name !== 'NODE_ENV'))(
    'does not start without %s',
    (name) => {
      for (const missing of [undefined, '']) {
        const lines = problemsOf({ ...PRODUCTION, [name]: missing })
          .split('\n')
          .slice(1);
        expect(lines).toHaveLength(1);
        expect(lines[0]).toContain(`${name} is required in production`);
      }
    },
  );
});
