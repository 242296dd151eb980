import { readFileSync } from 'node:fs';
import { allItems, createClient, type PhoneNumberResponse, VoxReachError } from '@voxreach/client';
import { makeApiKey } from './support/account';
import { bodyOf, type Organization, useApi } from './support/api';
import {
  createAgent,
  freshNumber,
  importNumber,
  IMPORTS,
  randomId,
  saveCredential,
} from './support/builders';

const DOCUMENT = new URL('../../../libs/client/openapi.json', import.meta.url);

const api = useApi();

const clientOf = ({ token }: { token?: string }) => createClient({ baseUrl: api.url, token });

/** The error that a call has come to. */
async function refusalOf(call: Promise<unknown>): Promise<VoxReachError> {
  const error: unknown = await call.then(
    () => new Error('It was not refused'),
    (reason: unknown) => reason,
  );
  if (error instanceof VoxReachError) return error;
  throw error;
}

describe('The document of the client package', () => {
  test('is the one that the server has: when this fails, raise API_VERSION and run `npm run client`', async () => {
    const served = bodyOf(await api.anonymous.get('/api/openapi.json'));
    expect(served).toEqual(JSON.parse(readFileSync(DOCUMENT, 'utf8')));
  });
});

describe('The client', () => {
  let acme: Organization;

  beforeAll(async () => {
    acme = await api.organization();
  });

  test('signs in, imports a number, and changes the version that it has seen', async () => {
    const { data: session } = await createClient({ baseUrl: api.url }).auth.login({ body: acme.login });
    const voxreach = clientOf({ token: session.accessToken });
    const credential = { apiKey: 'vonage-key', apiSecret: 'vonage-secret' };
    const { data: number, response } = await voxreach.phoneNumbers.import({
      body: { provider: 'vonage', number: freshNumber(), credential },
    });
    expect(response.status).toBe(201);
    expect(number).toMatchObject({ provider: 'vonage', agent: null });

    const { id } = number;
    const agent = await createAgent(acme);
    const headers = { 'If-Match': response.headers.get('etag') ?? '' };
    const change = { path: { id }, body: { agentId: agent.id }, headers };
    const { data: changed } = await voxreach.phoneNumbers.update(change);
    expect(changed.agent).toEqual({ id: agent.id, name: agent.name });
    expect(await refusalOf(voxreach.phoneNumbers.update(change))).toMatchObject({
      status: 412,
      code: 'PRECONDITION_FAILED',
    });

    expect((await voxreach.phoneNumbers.remove({ path: { id } })).data).toBeNull();
    expect(await refusalOf(voxreach.phoneNumbers.get({ path: { id } }))).toMatchObject({
      status: 404,
      code: 'NOT_FOUND',
    });
  });

  test('acts once for an Idempotency-Key', async () => {
    const voxreach = clientOf(acme);
    const request = {
      body: { provider: 'telnyx', number: freshNumber(), credential: { apiKey: 'telnyx-key' } },
      headers: { 'Idempotency-Key': randomId() },
    } as const;
    const { data: first } = await voxreach.phoneNumbers.import(request);
    const { data: second } = await voxreach.phoneNumbers.import(request);
    expect(second).toEqual(first);
  });

  test('reads a list to its end, with an API key', async () => {
    const other = await api.organization('Other');
    const imported: string[] = [];
    for (let count = 0; count < 5; count++) imported.push((await importNumber(other)).id);
    const voxreach = clientOf((await makeApiKey(api, other, ['numbers:read'])).client);
    const found: PhoneNumberResponse[] = [];
    for await (const number of allItems((page) =>
      voxreach.phoneNumbers.list({ query: { limit: 2, sort: 'createdAt', provider: 'twilio', ...page } }),
    ))
      found.push(number);
    expect(found.map(({ id }) => id)).toEqual(imported);
  });

  test('gives a list as CSV as a text', async () => {
    const { data } = await clientOf(acme).phoneNumbers.export();
    expect(data).toMatch(/^\W*number/i);
  });

  test('hears of changes', async () => {
    const voxreach = clientOf(acme);
    const listening = new AbortController();
    const opened = Promise.withResolvers<unknown>();
    const { stream } = await voxreach.events.stream({
      signal: listening.signal,
      onSseEvent: opened.resolve,
    });
    const heard = stream.next();
    // The server says something of no meaning when it begins to listen.
    await opened.promise;
    const { id } = await importNumber(acme);
    expect((await heard).value).toEqual({ type: 'phone_number', id });
    listening.abort();
    expect((await stream.next()).done).toBe(true);
  });
});

describe('An error', () => {
  test('names the fields that were refused, and the request', async () => {
    const acme = await api.organization();
    const body = { provider: 'telnyx', number: '123', credential: { apiKey: '' } } as const;
    const refusal = await refusalOf(clientOf(acme).phoneNumbers.import({ body }));
    expect(refusal).toMatchObject({
      name: 'VoxReachError',
      status: 400,
      code: 'VALIDATION_FAILED',
      requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      retryAfter: undefined,
    });
    expect(refusal.errors.map(({ path }) => path)).toEqual(['number', 'credential.apiKey']);
    expect(refusal.message).toBe(refusal.detail);
  });

  test('names what stands in the way', async () => {
    const acme = await api.organization();
    const { id } = await saveCredential(acme, 'telnyx');
    const number = await importNumber(acme, IMPORTS.telnyx({ credential: undefined, credentialId: id }));
    const refusal = await refusalOf(clientOf(acme).credentials.remove({ path: { id } }));
    expect(refusal).toMatchObject({ code: 'CONFLICT', usedBy: [{ id: number.id, name: number.name }] });
  });

  test('says how long to wait', async () => {
    const acme = await api.organization();
    const headers = { 'retry-after': '17' };
    api.sandbox.inject({ method: 'POST', path: /assistant/, kind: 'status', status: 429, headers });
    const refusal = await refusalOf(clientOf(acme).agents.create({ body: { name: 'Front desk' } }));
    expect(refusal).toMatchObject({ status: 503, code: 'UPSTREAM_UNAVAILABLE', retryAfter: 17 });
  });

  test('ends a stream that is not let in', async () => {
    const { stream } = await clientOf({ token: 'nonsense' }).events.stream();
    expect(await refusalOf(stream.next())).toMatchObject({ status: 401, code: 'UNAUTHENTICATED' });
  });
});
