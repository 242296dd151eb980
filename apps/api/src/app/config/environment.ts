import { plainToInstance, Transform, Type } from 'class-transformer';
import {
  IsBoolean,
  IsIn,
  IsInt,
  IsNumber,
  IsOptional,
  IsString,
  IsUrl,
  Matches,
  Max,
  Min,
  MinLength,
  validateSync,
} from 'class-validator';
import { SAMPLERS, type TracesConfig } from '../tracing/traces-config';

const asBoolean = ({ value }: { value: unknown }) =>
  value === 'true' ? true : value === 'false' ? false : value;

const Flag = (): PropertyDecorator => (target, key) => {
  IsBoolean({ message: '$property must be true or false' })(target, key);
  Transform(asBoolean)(target, key);
  IsOptional()(target, key);
};

const Milliseconds =
  (least: number): PropertyDecorator =>
  (target, key) => {
    Max(600_000, { message: '$property must be at most 600000 milliseconds' })(target, key);
    Min(least, { message: `$property must be at least ${least} milliseconds` })(target, key);
    IsInt({ message: '$property must be a whole number of milliseconds' })(target, key);
    Type(() => Number)(target, key);
  };

/** An access token is good for a quarter of an hour: a session that could end before would not be renewed in time. */
const SessionMinutes = (): PropertyDecorator => (target, key) => {
  Max(43_200, { message: '$property must be at most 43200 minutes' })(target, key);
  Min(20, { message: '$property must be at least 20 minutes' })(target, key);
  IsInt({ message: '$property must be a whole number of minutes' })(target, key);
  Type(() => Number)(target, key);
};

/** How many of something there may be. */
const Quota = (): PropertyDecorator => (target, key) => {
  Max(1_000_000, { message: '$property must be at most 1000000' })(target, key);
  Min(1, { message: '$property must be at least 1' })(target, key);
  IsInt({ message: '$property must be a whole number' })(target, key);
  Type(() => Number)(target, key);
};

const Address = (): PropertyDecorator => (target, key) => {
  IsUrl(
    { protocols: ['http', 'https'], require_protocol: true, require_tld: false },
    { message: '$property must be an http or https address' },
  )(target, key);
  IsOptional()(target, key);
};

/** The environment as it is given: names and rules in one place, listed for people in `.env.example`. */
export class Environment {
  @IsOptional() @IsIn(['development', 'test', 'production']) NODE_ENV?: 'development' | 'test' | 'production';

  @IsInt({ message: '$property must be a port number' }) @Min(0) @Max(65535) @Type(() => Number) PORT = 3000;

  /** Where Prometheus reads; unset: nowhere. */
  @IsOptional()
  @IsInt({ message: '$property must be a port number' })
  @Min(1)
  @Max(65535)
  @Type(() => Number)
  METRICS_PORT?: number;

  /** The address to listen on. */
  @IsOptional() @IsString() HOST?: string;

  @IsOptional()
  @Matches(/^postgres(ql)?:\/\//, { message: '$property must be a postgresql:// address' })
  DATABASE_URL?: string;

  /** Connections of this process for requests; jobs have four more. */
  @IsInt({ message: '$property must be a whole number' })
  @Min(2)
  @Max(200)
  @Type(() => Number)
  DATABASE_POOL_SIZE = 10;

  /** Where several replicas count their limits together. */
  @IsOptional()
  @Matches(/^rediss?:\/\//, { message: '$property must be a redis:// or rediss:// address' })
  REDIS_URL?: string;

  @IsString() DATA_DIR = '.voxreach';

  @IsOptional()
  @MinLength(32, { message: '$property needs at least 32 characters' })
  JWT_SECRET?: string;

  /** The secret of before: what was made with it is still good. */
  @IsOptional()
  @MinLength(32, { message: '$property needs at least 32 characters' })
  JWT_SECRET_PREVIOUS?: string;

  /** A session that nobody uses ends. */
  @SessionMinutes() SESSION_IDLE_MINUTES = 30;

  /** After so long people have to prove again who they are, however busy they are. */
  @SessionMinutes() SESSION_LIFETIME_MINUTES = 720;

  @IsOptional() @IsString() VAPI_API_KEY?: string;

  @Address() VAPI_BASE_URL = 'https://api.vapi.ai';

  @Address() PUBLIC_URL?: string;

  @IsOptional()
  @MinLength(16, { message: '$property needs at least 16 characters' })
  VAPI_WEBHOOK_SECRET?: string;

  @Matches(/^[\w.-]+\/[\w./:-]+$/, { message: '$property must be provider/model, for example openai/gpt-4o' })
  VAPI_ASSISTANT_MODEL = 'openai/gpt-4o';

  @Flag() ALLOW_VAPI_NUMBERS?: boolean;

  @Flag() ALLOW_SIGNUP = true;

  /** True for one reverse proxy in front, or how many there are, one behind the other. */
  @IsIn([false, true, 1, 2, 3, 4, 5], {
    message: '$property must be true, false, or how many proxies there are',
  })
  @Transform(({ value }: { value: unknown }) =>
    /^[1-5]$/.test(String(value)) ? Number(value) : asBoolean({ value }),
  )
  TRUST_PROXY: boolean | number = false;

  @IsIn(['fatal', 'error', 'warn', 'info', 'debug', 'silent'], {
    message: '$property must be a level such as warn or info',
  })
  @IsOptional()
  LOG_LEVEL?: string;

  @IsInt({ message: '$property must be a whole number' }) @Min(1) @Type(() => Number) RATE_LIMIT_PER_MINUTE =
    1_200;

  /** Unset: audit entries are kept for good. */
  @IsOptional()
  @Max(36_500, { message: '$property must be at most 36500 days' })
  @Min(1, { message: '$property must be at least 1 day' })
  @IsInt({ message: '$property must be a whole number of days' })
  @Type(() => Number)
  AUDIT_RETENTION_DAYS?: number;

  @Quota() MAX_NUMBERS_PER_ORGANIZATION = 10_000;

  @Quota() MAX_AGENTS_PER_ORGANIZATION = 1_000;

  /** An import with keys of its own saves them as a credential. */
  @Quota() MAX_CREDENTIALS_PER_ORGANIZATION = 10_000;

  @Quota() MAX_ORGANIZATIONS_PER_PERSON = 100;

  /** After so long a request begins nothing more at Vapi. */
  @Milliseconds(1) REQUEST_TIMEOUT_MS = 45_000;

  @Milliseconds(1) VAPI_READ_TIMEOUT_MS = 10_000;

  @Milliseconds(1) VAPI_WRITE_TIMEOUT_MS = 30_000;

  /** Where traces go; unset: nowhere. The exporter reads it itself, with what else OpenTelemetry has for it. */
  @Address() OTEL_EXPORTER_OTLP_ENDPOINT?: string;

  @IsOptional() @IsIn(['otlp', 'none'], { message: '$property must be otlp or none' }) OTEL_TRACES_EXPORTER?:
    'otlp' | 'none';

  @IsIn(SAMPLERS, { message: `$property must be one of: ${SAMPLERS.join(', ')}` })
  OTEL_TRACES_SAMPLER: TracesConfig['sampler'] = 'parentbased_always_on';

  @IsNumber({}, { message: '$property must be a number from 0 to 1' })
  @Min(0, { message: '$property must be a number from 0 to 1' })
  @Max(1, { message: '$property must be a number from 0 to 1' })
  @Type(() => Number)
  OTEL_TRACES_SAMPLER_ARG = 1;

  /** How long a stopping process still takes requests, while it says that it is not ready. */
  @Milliseconds(0) STOP_DRAIN_MS = 0;

  /** How long a stop may take, the drain included. */
  @Milliseconds(1) STOP_TIMEOUT_MS = 90_000;
}

/** Thrown at start with every problem of the configuration in one message. */
export class ConfigurationError extends Error {
  constructor(problems: readonly string[]) {
    super(
      `VoxReach cannot start with this configuration:\n${problems.map((line) => `  - ${line}`).join('\n')}`,
    );
    this.name = 'ConfigurationError';
  }
}

/** Reads and checks the environment; empty values count as absent. */
export function readEnvironment(variables: NodeJS.ProcessEnv): Environment {
  const given = Object.fromEntries(
    Object.entries(variables).filter(([, value]) => value !== undefined && value !== ''),
  );
  const environment = plainToInstance(Environment, given, { exposeDefaultValues: true });
  const problems = validateSync(environment, { whitelist: true }).flatMap((error) =>
    Object.values(error.constraints ?? {}).slice(-1),
  );
  const { JWT_SECRET: secret, JWT_SECRET_PREVIOUS: previous } = environment;
  if (previous !== undefined && previous === secret)
    problems.push(
      'JWT_SECRET_PREVIOUS is the same as JWT_SECRET: set the secret of before, or leave it out when there is none',
    );
  if (environment.NODE_ENV === 'production') problems.push(...missingInProduction(environment));
  if (problems.length > 0) throw new ConfigurationError(problems);
  return environment;
}

/** What a developer's machine may make up, a real installation must be told. */
function missingInProduction(environment: Environment): string[] {
  const required = {
    VAPI_API_KEY: 'the private key of your Vapi account; the local sandbox is not for production',
    JWT_SECRET: 'at least 32 random characters that sign the sessions',
    VAPI_WEBHOOK_SECRET: "at least 16 random characters that prove Vapi's webhooks",
    PUBLIC_URL: 'the address under which Vapi reaches this installation',
  } as const;
  return Object.entries(required)
    .filter(([name]) => environment[name as keyof typeof required] === undefined)
    .map(([name, what]) => `${name} is required in production: ${what}`);
}
