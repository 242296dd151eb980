import { randomBytes } from 'node:crypto';
import { Api, bodyOf, OPERATOR, type Organization } from './support/api';
import { createAgent, freshNumber, importNumber, IMPORTS } from './support/builders';
import { cookieOf, tokenIn } from './support/cookie';
import { eventually } from './support/eventually';
import { freshEmail, invite } from './support/people';
import { problemOf } from './support/problem';
import { type CollectedSpan, openTraceCollector, type TraceCollector } from './support/trace-collector';

/** Has the server say which packages of OpenTelemetry it loads. */
const TELLING_PACKAGES = `--import=data:text/javascript,${encodeURIComponent(`
  import { registerHooks } from 'node:module';
  registerHooks({ resolve(specifier, context, next) {
    if (specifier.startsWith('@opentelemetry/')) console.log('LOADS ' + specifier);
    return next(specifier, context);
  } });`)}`;

const loaded = (api: Api): string[] => [
  ...new Set([...api.logs.matchAll(/^LOADS (\S+)$/gm)].map(([, name = '']) => name)),
];

const canary = (): string => `canary-${randomBytes(9).toString('hex')}`;

/** A caller's own trace, which ours becomes part of. */
const CALLER = { traceId: randomBytes(16).toString('hex'), spanId: randomBytes(8).toString('hex') };
const TRACEPARENT = { traceparent: `00-${CALLER.traceId}-${CALLER.spanId}-01` };

let collector: TraceCollector;
let api: Api;

const start = async (env: Record<string, string>, activationMs = 0): Promise<Api> => {
  api = await new Api({
    env: { LOG_LEVEL: 'info', NODE_OPTIONS: TELLING_PACKAGES, ...env },
    sandbox: { activationMs },
  }).start();
  return api;
};

beforeAll(async () => (collector = await openTraceCollector()));
afterAll(() => collector.close());

describe('With a collector', () => {
  let acme: Organization;
  let number: { id: string };
  let requestId: string | null;
  /** What must not be told to a collector, as a client or Vapi brings it. */
  const secrets: string[] = Object.values(OPERATOR);
  let spans: CollectedSpan[];

  const keep = (text: string): string => {
    secrets.push(text);
    return text;
  };

  /** Requests with something to hide in every part. */
  async function hideThings(): Promise<void> {
    const credential = { apiKey: keep(canary()), apiSecret: keep(canary()) };
    const body = { ...IMPORTS.vonage({ credential }), name: keep(canary()), number: keep(freshNumber()) };
    const agent = await createAgent(acme, { name: keep(canary()), systemPrompt: keep(canary()) });
    const added = bodyOf(
      await acme.post<{ id: string }>('/api/phone-numbers', { ...body, agentId: agent.id }),
    );
    await acme.patch(`/api/phone-numbers/${added.id}`, { name: keep(canary()) });
    await acme.get(`/api/phone-numbers?search=${keep(canary())}`);
    await acme.get(`/api/${keep(canary())}`);
    await acme.post('/api/phone-numbers', { [keep(canary())]: keep(canary()) });
    await acme.post('/api/phone-numbers', undefined, { raw: `{"a": "${keep(canary())}"` });
    api.sandbox.inject({
      method: 'POST',
      path: /^\/credential$/,
      kind: 'status',
      status: 400,
      message: `Bad ${keep(canary())}`,
    });
    await acme.post('/api/phone-numbers', IMPORTS.vonage({ credential: { ...credential } }));
    const headers = {
      'user-agent': keep(canary()),
      'idempotency-key': keep(canary()),
      'x-forwarded-for': '203.0.113.77',
      traceparent: keep(canary()),
      tracestate: `voxreach=${keep(canary())}`,
      baggage: `name=${keep(canary())}`,
    };
    await acme.get('/api/agents', { headers });
    await acme.get('/api/agents', { headers: { ...headers, ...TRACEPARENT } });
    const { token } = await invite(acme, keep(freshEmail()));
    await api.anonymous.post('/api/auth/invitations/preview', { token: keep(token) });
    await api.anonymous.get(`/api/auth/invitations/${token}`);
    const signedIn = await api.anonymous.post('/api/auth/login', acme.login);
    keep(tokenIn(cookieOf(signedIn)));
    await api.anonymous.post('/api/auth/login', { ...acme.login, password: keep(canary()) });
    for (const text of [acme.login.email, acme.login.password, acme.session.accessToken]) keep(text);
  }

  beforeAll(async () => {
    await start(
      {
        OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
        OTEL_EXPORTER_OTLP_HEADERS: 'api-key=collector-key-12',
        OTEL_RESOURCE_ATTRIBUTES: 'deployment.environment.name=test',
      },
      500,
    );
    acme = await api.organization();
    await importNumber(acme);
    const added = await acme.post<{ id: string }>('/api/phone-numbers', IMPORTS.vonage(), {
      headers: TRACEPARENT,
    });
    number = bodyOf(added);
    requestId = added.headers.get('x-request-id');
    api.sandbox.inject({ method: 'POST', path: /^\/phone-number$/, kind: 'status', status: 401 });
    problemOf(await acme.post('/api/phone-numbers', IMPORTS.twilio()), 'UPSTREAM_UNAVAILABLE');
    await acme.get(`/api/phone-numbers/${number.id}`);
    await api.anonymous.get('/api/health/ready');
    await api.anonymous.get('/');
    await hideThings();
    await eventually(async () => {
      const shown = await acme.get<{ status: string }>(`/api/phone-numbers/${number.id}`);
      expect(bodyOf(shown).status).toBe('active');
    });
    // What is not sent yet goes out when the server stops.
    expect(await api.end('SIGTERM')).toEqual({ code: 0, signal: null });
    spans = collector.spans();
  }, 60_000);

  afterAll(() => api.stop());

  const under = (parent: CollectedSpan): CollectedSpan[] => {
    const children = spans.filter(({ parentSpanId }) => parentSpanId === parent.spanId);
    return children.flatMap((child) => [child, ...under(child)]);
  };

  const importWith = (isMeant: (span: CollectedSpan) => boolean): CollectedSpan => {
    const found = spans.find((span) => span.name === 'POST /api/phone-numbers' && isMeant(span));
    if (found === undefined) throw new Error('The import left no span');
    return found;
  };

  const failedImport = () => importWith(({ facts }) => facts['http.response.status_code'] === 503);

  test('an import is one trace, of its caller, with what Vapi was asked in it', () => {
    const request = importWith(({ traceId }) => traceId === CALLER.traceId);
    expect(request).toMatchObject({
      parentSpanId: CALLER.spanId,
      failed: false,
      facts: {
        'http.request.method': 'POST',
        'http.route': '/api/phone-numbers',
        'http.response.status_code': 201,
        'voxreach.request.id': requestId,
        'voxreach.organization.id': acme.id,
        'voxreach.user.id': acme.session.user.id,
      },
    });
    const steps = under(request);
    expect(new Set(steps.map(({ traceId }) => traceId))).toEqual(new Set([CALLER.traceId]));
    const asked = steps.filter(({ facts }) => facts['peer.service'] === 'vapi');
    expect(asked.map(({ name }) => name)).toEqual(['POST /credential', 'POST /phone-number']);
    expect(asked[1]?.facts).toEqual({
      'http.request.method': 'POST',
      'url.template': '/phone-number',
      'peer.service': 'vapi',
      'http.response.status_code': 201,
      'voxreach.vapi.outcome': 'ok',
    });
    expect(steps.filter(({ name }) => name === 'transaction').length).toBeGreaterThanOrEqual(2);
    expect(steps.some(({ facts }) => facts['db.operation.name'] === 'UPDATE')).toBe(true);
  });

  test('a failure of Vapi is told by its kind and status', () => {
    const request = failedImport();
    expect(request).toMatchObject({ failed: true, facts: { 'error.type': '503' } });
    expect(under(request).find(({ name }) => name === 'POST /phone-number')).toMatchObject({
      failed: true,
      facts: {
        'http.response.status_code': 401,
        'voxreach.vapi.outcome': 'account',
        'error.type': 'VapiError',
      },
    });
  });

  test('a job is a trace of its own, with what it asks Vapi', () => {
    const job = spans.find(
      (span) =>
        span.facts['voxreach.job.kind'] !== undefined &&
        under(span).some(({ facts }) => facts['peer.service']),
    );
    expect(job).toMatchObject({ parentSpanId: undefined, failed: false });
  });

  test('requests are named by their routes, and checks of health and pages leave none', () => {
    const requests = new Set(spans.filter(({ facts }) => facts['http.route']).map(({ name }) => name));
    expect([...requests]).toEqual(
      expect.arrayContaining(['GET /api/phone-numbers/:id', 'POST /api/auth/register', 'GET unknown']),
    );
    expect([...requests].filter((name) => /health|\?|[0-9a-f]{8}-|GET \/$|GET \/\*/.test(name))).toEqual([]);
  });

  test('nothing that a client, Vapi or the operator keeps to themselves is in a byte of it', () => {
    const sent = collector.requests.map(({ body }) => body).join('\n');
    expect(secrets.length).toBeGreaterThan(25);
    expect(sent).toContain(acme.id);
    for (const secret of [...secrets, number.id, '203.0.113.77', '127.0.0.1', 'SELECT "', 'Olga Owner'])
      expect({ secret, at: sent.indexOf(secret) }).toEqual({ secret, at: -1 });
  });

  test('it says what is on the list and nothing else', () => {
    const keys = new Set(spans.flatMap(({ facts }) => Object.keys(facts)));
    expect([...keys].toSorted()).toEqual([
      'db.operation.name',
      'db.system.name',
      'error.type',
      'http.request.method',
      'http.response.status_code',
      'http.route',
      'peer.service',
      'url.template',
      'voxreach.job.kind',
      'voxreach.organization.id',
      'voxreach.request.id',
      'voxreach.user.id',
      'voxreach.vapi.outcome',
    ]);
    expect(collector.resources()[0]).toMatchObject({
      'service.name': 'voxreach',
      'deployment.environment.name': 'test',
    });
  });

  test('it goes where and as the standard variables say', () => {
    const [first] = collector.requests;
    expect(first).toMatchObject({ path: '/v1/traces', headers: { 'api-key': 'collector-key-12' } });
    expect(loaded(api)).toContain('@opentelemetry/sdk-trace');
  });

  test('a log line of a request names its trace', () => {
    const lines = api.logs
      .split('\n')
      .filter((line) => line.startsWith('{'))
      .map((line) => JSON.parse(line) as { kind?: string; trace_id?: string; span_id?: string });
    const line = lines.find(({ kind }) => kind === 'account');
    const { traceId, spanId } = failedImport();
    expect(line).toMatchObject({ trace_id: traceId, span_id: spanId });
  });
});

describe('Without one', () => {
  afterEach(() => api.stop());

  test.each<[string, () => Record<string, string>]>([
    ['without the setting', () => ({})],
    [
      'with the exporter switched off',
      () => ({ OTEL_TRACES_EXPORTER: 'none', OTEL_EXPORTER_OTLP_ENDPOINT: collector.url }),
    ],
  ])('nothing is sent, and nothing loaded but the interface (%s)', async (_case, settings) => {
    const before = collector.requests.length;
    await start(settings());
    await importNumber(await api.organization());
    await api.end('SIGTERM');
    expect(loaded(api)).toEqual(['@opentelemetry/api']);
    expect(api.logs).not.toContain('trace_id');
    expect(collector.requests).toHaveLength(before);
  });

  test('when it cannot be reached, the server works and stops as ever, and says so', async () => {
    await start({ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:9', OTEL_EXPORTER_OTLP_TIMEOUT: '300' });
    await importNumber(await api.organization());
    expect(await api.end('SIGTERM')).toEqual({ code: 0, signal: null });
    expect(api.logs).toContain('Traces could not be sent to the collector');
  });
});

test('Only the part of the traces that is asked for is kept, and those of callers who keep theirs', async () => {
  const before = collector.spans().length;
  await start({
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
    OTEL_TRACES_SAMPLER: 'parentbased_traceidratio',
    OTEL_TRACES_SAMPLER_ARG: '0',
  });
  const acme = await api.organization();
  await acme.get('/api/agents', { headers: TRACEPARENT });
  await acme.get('/api/credentials');
  await api.stop();
  const spans = collector.spans().slice(before);
  expect(new Set(spans.map(({ traceId }) => traceId))).toEqual(new Set([CALLER.traceId]));
  expect(spans.map(({ name }) => name)).toContain('GET /api/agents');
});
