import { resolve } from 'node:path';
import type { TracesConfig } from '../tracing/traces-config';
import type { Environment } from './environment';
import { KeyRing } from './key-ring';
import { localSecret } from './local-secret';

/** Injection token class of the configuration: read once at start, typed, frozen. */
export abstract class AppConfig {
  abstract readonly port: number;
  /** A port for metrics alone; undefined: none are kept of the process, and nobody can read the others. */
  abstract readonly metricsPort: number | undefined;
  /** The address to listen on: this machine alone with the sandbox, whose demo login everybody knows. */
  abstract readonly host: string;
  /** Undefined: the embedded database under `dataDir`. */
  abstract readonly databaseUrl: string | undefined;
  /** Where replicas count their limits together; undefined: each counts for itself. */
  abstract readonly redisUrl: string | undefined;
  abstract readonly dataDir: string;
  /** All keys of our own, made from JWT_SECRET. */
  abstract readonly keys: KeyRing;
  /** The address under which people reach the dashboard, without a slash at its end. */
  abstract readonly publicUrl: string;
  /** True when no Vapi key is set: a local Vapi serves instead, with a demo organisation. */
  abstract readonly useSandbox: boolean;
  abstract readonly vapi: {
    readonly apiKey: string;
    readonly baseUrl: string;
    /** Host of the SIP addresses that Vapi gives out; key, API and SIP must be of one region. */
    readonly sipHost: string;
    readonly assistantModel: { readonly provider: string; readonly model: string };
    /** Milliseconds for reads and deletes. */
    readonly readTimeoutMs: number;
    /** Milliseconds for creates and updates, in which Vapi talks to the carrier. */
    readonly writeTimeoutMs: number;
  };
  abstract readonly stop: {
    /** Milliseconds for which a stopping process still takes requests, until no proxy sends it any. */
    readonly drainMs: number;
    /** Milliseconds after which a stop cuts off what is still under way. */
    readonly timeoutMs: number;
  };
  abstract readonly session: {
    /** Milliseconds after which a session ends that nobody uses. */
    readonly idleMs: number;
    /** Milliseconds after which it ends in any case, counted from when the person last proved who they are. */
    readonly lifetimeMs: number;
  };
  abstract readonly webhook: { readonly url: string; readonly secret: string };
  abstract readonly allowVapiNumbers: boolean;
  abstract readonly allowSignup: boolean;
  abstract readonly logLevel: string;
  /** Undefined: none are made. */
  abstract readonly traces: TracesConfig | undefined;
  /** Requests a minute for a user or key. */
  abstract readonly rateLimitPerMinute: number;
  /** After so many milliseconds a request begins nothing more at Vapi. */
  abstract readonly requestTimeoutMs: number;
  /** Days after which audit entries are removed; undefined: never. */
  abstract readonly auditRetentionDays: number | undefined;
  /** How many of something an organisation can have, and to how many organisations a person can belong. */
  abstract readonly quotas: {
    readonly phoneNumbers: number;
    readonly agents: number;
    readonly credentials: number;
    readonly organizations: number;
  };
  /** Reverse proxies that stand in front: the address of a caller is the one that the outermost of them names. */
  abstract readonly proxies: number;
  /** Cookies are marked Secure. */
  abstract readonly secureCookies: boolean;
  abstract readonly isProduction: boolean;
}

const MINUTE_MS = 60_000;

/** Where Vapi is, once the sandbox has been started if it is needed. */
export interface VapiAddress {
  apiKey: string;
  baseUrl: string;
}

/** Completes the environment with what may be derived or, outside production, made up. */
export function createAppConfig(environment: Environment, vapi: VapiAddress): AppConfig {
  const dataDir = resolve(environment.DATA_DIR);
  const secrets = {
    jwtSecret: environment.JWT_SECRET ?? localSecret(dataDir, 'jwt-secret'),
    webhookSecret: environment.VAPI_WEBHOOK_SECRET ?? localSecret(dataDir, 'webhook-secret'),
  };
  const publicUrl = withoutSlash(environment.PUBLIC_URL ?? `http://localhost:${environment.PORT}`);
  const [provider = '', ...model] = environment.VAPI_ASSISTANT_MODEL.split('/');
  const useSandbox = environment.VAPI_API_KEY === undefined;
  return Object.freeze({
    port: environment.PORT,
    metricsPort: environment.METRICS_PORT,
    host: environment.HOST ?? (useSandbox ? '127.0.0.1' : '0.0.0.0'),
    databaseUrl: environment.DATABASE_URL,
    redisUrl: environment.REDIS_URL,
    dataDir,
    keys: new KeyRing(secrets.jwtSecret, environment.JWT_SECRET_PREVIOUS),
    publicUrl,
    useSandbox,
    vapi: Object.freeze({
      apiKey: vapi.apiKey,
      baseUrl: withoutSlash(vapi.baseUrl),
      sipHost: new URL(vapi.baseUrl).hostname === 'api.eu.vapi.ai' ? 'sip.eu.vapi.ai' : 'sip.vapi.ai',
      assistantModel: Object.freeze({ provider, model: model.join('/') }),
      readTimeoutMs: environment.VAPI_READ_TIMEOUT_MS,
      writeTimeoutMs: environment.VAPI_WRITE_TIMEOUT_MS,
    }),
    stop: Object.freeze({ drainMs: environment.STOP_DRAIN_MS, timeoutMs: environment.STOP_TIMEOUT_MS }),
    session: Object.freeze({
      idleMs: environment.SESSION_IDLE_MINUTES * MINUTE_MS,
      lifetimeMs: environment.SESSION_LIFETIME_MINUTES * MINUTE_MS,
    }),
    webhook: Object.freeze({ url: `${publicUrl}/api/webhooks/vapi`, secret: secrets.webhookSecret }),
    allowVapiNumbers: environment.ALLOW_VAPI_NUMBERS ?? useSandbox,
    allowSignup: environment.ALLOW_SIGNUP,
    // A person at a terminal wants the address, not a log.
    logLevel: environment.LOG_LEVEL ?? (environment.NODE_ENV === 'production' ? 'info' : 'warn'),
    traces: tracesOf(environment),
    rateLimitPerMinute: environment.RATE_LIMIT_PER_MINUTE,
    requestTimeoutMs: environment.REQUEST_TIMEOUT_MS,
    auditRetentionDays: environment.AUDIT_RETENTION_DAYS,
    quotas: Object.freeze({
      phoneNumbers: environment.MAX_NUMBERS_PER_ORGANIZATION,
      agents: environment.MAX_AGENTS_PER_ORGANIZATION,
      credentials: environment.MAX_CREDENTIALS_PER_ORGANIZATION,
      organizations: environment.MAX_ORGANIZATIONS_PER_PERSON,
    }),
    proxies: Number(environment.TRUST_PROXY),
    secureCookies: publicUrl.startsWith('https:'),
    isProduction: environment.NODE_ENV === 'production',
  });
}

function tracesOf(environment: Environment): TracesConfig | undefined {
  const { OTEL_TRACES_EXPORTER: exporter, OTEL_EXPORTER_OTLP_ENDPOINT: endpoint } = environment;
  if ((exporter ?? (endpoint === undefined ? 'none' : 'otlp')) === 'none') return undefined;
  return Object.freeze({
    sampler: environment.OTEL_TRACES_SAMPLER,
    ratio: environment.OTEL_TRACES_SAMPLER_ARG,
  });
}

const withoutSlash = (url: string): string => url.replace(/\/+$/, '');
