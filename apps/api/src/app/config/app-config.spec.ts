import 'reflect-metadata';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { createAppConfig } from './app-config';
import { readEnvironment } from './environment';
import { KeyRing } from './key-ring';

const SECRETS = { JWT_SECRET: 'j'.repeat(32), VAPI_WEBHOOK_SECRET: 'w'.repeat(16) };

const configOf = (variables: NodeJS.ProcessEnv = {}, baseUrl = 'https://api.vapi.ai') =>
  createAppConfig(readEnvironment({ ...SECRETS, ...variables }), { apiKey: 'key', baseUrl });

describe('the configuration', () => {
  it.each([
    ['https://api.vapi.ai', 'https://api.vapi.ai', 'sip.vapi.ai'],
    ['https://api.vapi.ai/', 'https://api.vapi.ai', 'sip.vapi.ai'],
    ['https://api.eu.vapi.ai', 'https://api.eu.vapi.ai', 'sip.eu.vapi.ai'],
    ['https://api.eu.vapi.ai//', 'https://api.eu.vapi.ai', 'sip.eu.vapi.ai'],
    ['https://API.EU.vapi.ai', 'https://API.EU.vapi.ai', 'sip.eu.vapi.ai'],
    ['http://127.0.0.1:4000', 'http://127.0.0.1:4000', 'sip.vapi.ai'],
    ['https://api.eu.vapi.ai.example.com', 'https://api.eu.vapi.ai.example.com', 'sip.vapi.ai'],
  ])('for Vapi at %s calls %s and gives out %s', (given, baseUrl, sipHost) => {
    expect(configOf({}, given).vapi).toMatchObject({ baseUrl, sipHost });
  });

  it.each([
    [{}, 'http://localhost:3000/api/webhooks/vapi', false],
    [{ PORT: '8080' }, 'http://localhost:8080/api/webhooks/vapi', false],
    [{ PUBLIC_URL: 'https://vox.example' }, 'https://vox.example/api/webhooks/vapi', true],
    [{ PUBLIC_URL: 'https://vox.example/' }, 'https://vox.example/api/webhooks/vapi', true],
    [{ PUBLIC_URL: 'http://vox.example' }, 'http://vox.example/api/webhooks/vapi', false],
  ])('with %j has its webhook at %s, cookies secure: %s', (variables, url, secureCookies) => {
    const config = configOf(variables);
    expect(config.webhook.url).toBe(url);
    expect(config.secureCookies).toBe(secureCookies);
  });

  it.each([
    ['openai/gpt-4o', 'openai', 'gpt-4o'],
    ['openrouter/meta/llama-3:70b', 'openrouter', 'meta/llama-3:70b'],
  ])('divides the model %s at its first slash', (given, provider, model) => {
    expect(configOf({ VAPI_ASSISTANT_MODEL: given }).vapi.assistantModel).toEqual({ provider, model });
  });

  it.each([
    [{}, true, true],
    [{ VAPI_API_KEY: 'key' }, false, false],
    [{ VAPI_API_KEY: 'key', ALLOW_VAPI_NUMBERS: 'true' }, false, true],
    [{ ALLOW_VAPI_NUMBERS: 'false' }, true, false],
  ])(
    'with %j uses the sandbox: %s, and offers free numbers: %s',
    (variables, useSandbox, allowVapiNumbers) => {
      expect(configOf(variables)).toMatchObject({ useSandbox, allowVapiNumbers });
    },
  );

  const COLLECTOR = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector:4318' };

  it.each([
    [{}, undefined],
    [{ OTEL_TRACES_EXPORTER: 'none', ...COLLECTOR }, undefined],
    [COLLECTOR, { sampler: 'parentbased_always_on', ratio: 1 }],
    [{ OTEL_TRACES_EXPORTER: 'otlp' }, { sampler: 'parentbased_always_on', ratio: 1 }],
    [
      { ...COLLECTOR, OTEL_TRACES_SAMPLER: 'traceidratio', OTEL_TRACES_SAMPLER_ARG: '0.1' },
      { sampler: 'traceidratio', ratio: 0.1 },
    ],
  ])('with %j traces as %j', (variables, traces) => {
    expect(configOf(variables).traces).toEqual(traces);
  });

  it('logs more in production', () => {
    const production = { NODE_ENV: 'production', VAPI_API_KEY: 'key', PUBLIC_URL: 'https://vox.example' };
    expect(configOf().logLevel).toBe('warn');
    expect(configOf(production)).toMatchObject({ logLevel: 'info', isProduction: true });
    expect(configOf({ LOG_LEVEL: 'debug' }).logLevel).toBe('debug');
  });

  it('cannot be changed', () => {
    const config = configOf();
    for (const part of [config, config.vapi, config.webhook, config.vapi.assistantModel])
      expect(Object.isFrozen(part)).toBe(true);
  });

  it('has the data folder with its whole path', () => {
    expect(isAbsolute(configOf({ DATA_DIR: 'data' }).dataDir)).toBe(true);
  });

  it('has the keys of the secret before beside those of its own, and makes nothing new with them', () => {
    const [before, after] = [SECRETS.JWT_SECRET, 'k'.repeat(32)];
    const { keys } = configOf({ JWT_SECRET: after, JWT_SECRET_PREVIOUS: before });
    expect(keys.present.id).toBe(new KeyRing(after).present.id);
    expect(keys.previous?.id).toBe(configOf().keys.present.id);
    expect(keys.all).toEqual([keys.present, keys.previous]);
    expect([keys.withId(keys.previous?.id ?? ''), keys.withId('0'.repeat(16))]).toEqual([
      keys.previous,
      undefined,
    ]);
  });
});

describe('secrets that nobody has set', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'voxreach-config-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const madeUpIn = (dataDir: string) =>
    createAppConfig(readEnvironment({ DATA_DIR: dataDir }), {
      apiKey: 'key',
      baseUrl: 'https://api.vapi.ai',
    });

  it('are made up, differ, and survive a restart', () => {
    const dataDir = join(folder, 'new', 'data');
    const first = madeUpIn(dataDir);
    const second = madeUpIn(dataDir);
    expect(readFileSync(join(dataDir, 'jwt-secret'), 'utf8').length).toBeGreaterThanOrEqual(32);
    expect(first.keys.present.id).not.toBe(new KeyRing(first.webhook.secret).present.id);
    expect([second.keys.present.id, second.webhook.secret]).toEqual([
      first.keys.present.id,
      first.webhook.secret,
    ]);
  });

  it('differ from folder to folder', () => {
    const [a, b] = [madeUpIn(join(folder, 'a')), madeUpIn(join(folder, 'b'))];
    expect(a.keys.present.id).not.toBe(b.keys.present.id);
  });

  it('are readable by nobody else', () => {
    madeUpIn(folder);
    const files = readdirSync(folder);
    expect(files.toSorted()).toEqual(['jwt-secret', 'webhook-secret']);
    for (const file of files) expect(statSync(join(folder, file)).mode & 0o077).toBe(0);
  });

  it('are not written when they are set', () => {
    configOf({ DATA_DIR: folder });
    expect(readdirSync(folder)).toEqual([]);
  });
});
