import type {
  AgentPage,
  CredentialPage,
  PhoneNumberPage,
  PhoneNumberResponse,
  ProviderId,
} from '@voxreach/contracts';
import type { RecordedRequest } from '@voxreach/vapi-sandbox';
import { bodyOf, OPERATOR, useApi } from './support/api';
import {
  createAgent,
  CREDENTIAL_PROVIDER,
  freshNumber,
  freshSipUri,
  importNumber,
  IMPORTS,
  saveCredential,
} from './support/builders';
import { eventually } from './support/eventually';
import { pathsOf, problemOf } from './support/problem';

const api = useApi({ sandbox: { activationMs: 1_000, phoneNumberLimit: 100 } });

/** What the very first import of this installation asked of Vapi. */
let firstCalls: RecordedRequest[];

beforeAll(async () => {
  const acme = await api.organization();
  ({ calls: firstCalls } = await api.callsDuring(() => importNumber(acme, IMPORTS.telnyx())));
});

const FALLBACK = '+4930123456';

/** The mark by which an object at Vapi is known to belong to a row of ours. */
const tagOf = (id: string): string => Buffer.from(id.replaceAll('-', ''), 'hex').toString('base64url');

/** Looks at the status of single numbers happen in the background, at any time. */
const isLook = ({ method, path }: RecordedRequest): boolean =>
  method === 'GET' && /^\/phone-number\/[0-9a-f-]{36}$/.test(path);

/** What was asked besides those looks, in order. */
const linesOf = (calls: RecordedRequest[]): string[] =>
  calls.filter((call) => !isLook(call)).map(({ method, path }) => `${method} ${path}`);

const lastPost = (calls: RecordedRequest[]) => calls.findLast(({ method }) => method === 'POST');

const bodyOfChange = (calls: RecordedRequest[]): unknown =>
  calls.find(({ method }) => method === 'PATCH')?.body;

/** The number that Vapi holds for one of ours. */
function remoteOf({ id }: { id: string }) {
  const found = api.sandbox.snapshot().phoneNumbers.find(({ name }) => name?.endsWith(tagOf(id)));
  if (found === undefined) throw new Error(`Vapi holds no number for ${id}`);
  return found;
}

const remoteCredentialOf = ({ id }: { id: string }) =>
  api.sandbox.snapshot().credentials.find(({ name }) => name?.endsWith(tagOf(id)));

/** The one credential of the operator's that signs webhooks. */
const webhookCredentials = () =>
  api.sandbox.snapshot().credentials.filter(({ provider }) => provider === 'webhook');

interface Flow {
  provider: ProviderId;
  /** What the provider's credential is registered with, where it is registered at all. */
  credential?: object;
  /** The provider's part of the number at Vapi. */
  number: (number: string | null) => object;
}

const FLOWS: Flow[] = [
  {
    provider: 'twilio',
    number: (number) => ({
      number,
      twilioAccountSid: 'AC0123456789abcdef0123456789abcdef',
      twilioAuthToken: 'twilio-token',
      smsEnabled: false,
    }),
  },
  {
    provider: 'vonage',
    credential: { apiKey: 'vonage-key', apiSecret: 'vonage-secret' },
    number: (number) => ({ number }),
  },
  { provider: 'telnyx', credential: { apiKey: 'telnyx-key' }, number: (number) => ({ number }) },
  {
    provider: 'byo-phone-number',
    credential: { gateways: [{ ip: '198.51.100.7' }] },
    number: (number) => ({ number }),
  },
  { provider: 'vapi', number: () => ({}) },
];

const savedProviders = Object.keys(CREDENTIAL_PROVIDER) as (keyof typeof CREDENTIAL_PROVIDER)[];

test('The first number of an installation makes the credential for webhooks, and no later one does', async () => {
  expect(linesOf(firstCalls)).toEqual(['POST /credential', 'POST /credential', 'POST /phone-number']);
  expect(firstCalls[0]?.body).toEqual({
    provider: 'webhook',
    name: expect.stringMatching(/^.{1,17} [\w-]{22}$/),
    authenticationPlan: {
      type: 'bearer',
      token: OPERATOR.webhookSecret,
      headerName: 'X-Vapi-Secret',
      bearerPrefixEnabled: false,
    },
  });
  await api.restart();
  const globex = await api.organization('Globex');
  await importNumber(globex, IMPORTS.twilio());
  expect(webhookCredentials()).toHaveLength(1);
});

describe.each(FLOWS)('A $provider number', ({ provider, credential, number: numberPart }) => {
  test('is imported with exactly the calls and bodies that Vapi needs', async () => {
    const acme = await api.organization();
    const agent = await createAgent(acme);
    const body = IMPORTS[provider]({ name: 'Support', agentId: agent.id, fallbackNumber: FALLBACK });
    const { result, calls } = await api.callsDuring(() =>
      acme.post<PhoneNumberResponse>('/api/phone-numbers', body),
    );
    expect(result.status).toBe(201);
    expect(linesOf(calls)).toEqual([
      ...(credential === undefined ? [] : ['POST /credential']),
      'POST /phone-number',
    ]);
    const { id, number } = result.body;
    const { assistants } = api.sandbox.snapshot();
    if (credential !== undefined) {
      expect(calls.find(({ method }) => method === 'POST')?.body).toEqual({
        provider: CREDENTIAL_PROVIDER[provider as keyof typeof CREDENTIAL_PROVIDER],
        name: `Support ${tagOf(result.body.credential?.id ?? '')}`,
        ...credential,
      });
    }
    expect(lastPost(calls)?.body).toEqual({
      provider,
      ...numberPart(number),
      ...(credential === undefined
        ? {}
        : { credentialId: remoteCredentialOf({ id: result.body.credential?.id ?? '' })?.id }),
      name: `Support ${tagOf(id)}`,
      assistantId: assistants.find(
        ({ metadata }) => (metadata as { voxreachId?: string } | undefined)?.voxreachId === agent.id,
      )?.id,
      server: {
        url: `${String(api.env['PUBLIC_URL'])}/api/webhooks/vapi`,
        credentialId: webhookCredentials()[0]?.id,
      },
      fallbackDestination: { type: 'number', number: FALLBACK },
    });
  });

  test('is shown with the fields of the contract and no others', async () => {
    const acme = await api.organization();
    const agent = await createAgent(acme);
    const body = IMPORTS[provider]({ name: 'Support', agentId: agent.id, fallbackNumber: FALLBACK });
    const created = await importNumber(acme, body);
    const reusable = credential !== undefined;
    expect(created).toEqual({
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      provider,
      number: 'number' in body ? body['number'] : expect.stringMatching(/^\+1\d{10}$/),
      sipUri: null,
      name: 'Support',
      status: 'activating',
      agent: { id: agent.id, name: 'Front desk' },
      credential: reusable ? { id: expect.any(String), name: 'Support' } : null,
      fallbackNumber: FALLBACK,
      createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
      updatedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
      ...(provider === 'byo-phone-number'
        ? {
            sipAddress: `${String(body['number'])}@${String(remoteCredentialOf({ id: created.credential?.id ?? '' })?.id)}.sip.vapi.ai`,
          }
        : {}),
    });
    const got = await acme.get<PhoneNumberResponse>(`/api/phone-numbers/${created.id}`);
    expect(got.body).toEqual(created);
    expect(got.headers.get('etag')).toMatch(/^"[^"]+"$/);
    const { items } = bodyOf(await acme.get<PhoneNumberPage>('/api/phone-numbers'));
    expect(items).toEqual([created]);
  });

  test('needs neither name, agent nor fallback', async () => {
    const acme = await api.organization();
    const { result, calls } = await api.callsDuring(() => importNumber(acme, IMPORTS[provider]()));
    expect(result).toMatchObject({ agent: null, fallbackNumber: null });
    expect(result.name).toBe(provider === 'vapi' ? 'Vapi number' : result.number);
    expect(Object.keys(lastPost(calls)?.body as object)).not.toEqual(
      expect.arrayContaining([expect.stringMatching(/^(assistantId|fallbackDestination)$/)]),
    );
  });

  test('can be given null for agent and fallback, as "assign later" does', async () => {
    const acme = await api.organization();
    const number = await importNumber(acme, IMPORTS[provider]({ agentId: null, fallbackNumber: null }));
    expect(number).toMatchObject({ agent: null, fallbackNumber: null });
    expect(remoteOf(number)).not.toHaveProperty('assistantId');
  });

  test('gets a name at Vapi that fits, whatever its name here', async () => {
    const acme = await api.organization();
    for (const name of ['x'.repeat(80), '📞'.repeat(20), `${'y'.repeat(16)}📞`]) {
      const number = await importNumber(acme, IMPORTS[provider]({ name }));
      const remote = remoteOf(number);
      expect(number.name).toBe(name);
      expect(remote.name?.length).toBeLessThanOrEqual(40);
      // No character is cut in half.
      expect(() => encodeURIComponent(remote.name ?? '')).not.toThrow();
    }
  });

  test('is renamed, given to another agent and another fallback in one call', async () => {
    const acme = await api.organization();
    const number = await importNumber(acme, IMPORTS[provider]());
    const agent = await createAgent(acme, { name: 'Sales' });
    const { result, calls } = await api.callsDuring(() =>
      acme.patch<PhoneNumberResponse>(`/api/phone-numbers/${number.id}`, {
        name: ' Sales line ',
        agentId: agent.id,
        fallbackNumber: FALLBACK,
      }),
    );
    expect(result.status).toBe(200);
    expect(result.body).toMatchObject({
      id: number.id,
      name: 'Sales line',
      agent: { id: agent.id, name: 'Sales' },
      fallbackNumber: FALLBACK,
    });
    expect(linesOf(calls)).toEqual([`PATCH /phone-number/${remoteOf(number).id}`]);
    expect(bodyOfChange(calls)).toEqual({
      provider,
      name: `Sales line ${tagOf(number.id)}`,
      assistantId: remoteOf(number).assistantId,
      fallbackDestination: { type: 'number', number: FALLBACK },
    });
    expect(remoteOf(number).assistantId).toMatch(/^[0-9a-f-]{36}$/);
  });

  test('is unassigned at Vapi too, which is read back', async () => {
    const acme = await api.organization();
    const agent = await createAgent(acme);
    const number = await importNumber(acme, IMPORTS[provider]({ agentId: agent.id }));
    const { id } = remoteOf(number);
    const { result, calls } = await api.callsDuring(() =>
      acme.patch<PhoneNumberResponse>(`/api/phone-numbers/${number.id}`, { agentId: null }),
    );
    expect(result.body).toMatchObject({ agent: null, name: number.name });
    expect(linesOf(calls)).toEqual([`PATCH /phone-number/${id}`]);
    expect(bodyOfChange(calls)).toEqual({ provider, assistantId: null });
    expect(calls.filter(isLook).map(({ path }) => path)).toContain(`/phone-number/${id}`);
    expect(remoteOf(number)).not.toHaveProperty('assistantId');
    expect(bodyOf(await acme.get<AgentPage>('/api/agents')).items[0]?.phoneNumberCount).toBe(0);
  });

  test('has its fallback cleared at Vapi too, which is read back', async () => {
    const acme = await api.organization();
    const number = await importNumber(acme, IMPORTS[provider]({ fallbackNumber: FALLBACK }));
    const { id } = remoteOf(number);
    const { result, calls } = await api.callsDuring(() =>
      acme.patch<PhoneNumberResponse>(`/api/phone-numbers/${number.id}`, { fallbackNumber: null }),
    );
    expect(result.body).toMatchObject({ fallbackNumber: null });
    expect(bodyOfChange(calls)).toEqual({ provider, fallbackDestination: null });
    expect(calls.filter(isLook).map(({ path }) => path)).toContain(`/phone-number/${id}`);
    expect(remoteOf(number)).not.toHaveProperty('fallbackDestination');
  });

  test('is removed here and at Vapi', async () => {
    const acme = await api.organization();
    const number = await importNumber(acme, IMPORTS[provider]());
    const { id } = remoteOf(number);
    const { result, calls } = await api.callsDuring(() => acme.delete(`/api/phone-numbers/${number.id}`));
    expect(result).toMatchObject({ status: 204, body: undefined });
    expect(linesOf(calls)).toEqual([`DELETE /phone-number/${id}`]);
    problemOf(await acme.get(`/api/phone-numbers/${number.id}`), 'NOT_FOUND');
    problemOf(await acme.delete(`/api/phone-numbers/${number.id}`), 'NOT_FOUND');
    expect(() => remoteOf(number)).toThrow();
  });

  test('is removed as well when Vapi has lost it already', async () => {
    const acme = await api.organization();
    const number = await importNumber(acme, IMPORTS[provider]());
    api.sandbox.removePhoneNumber(remoteOf(number).id);
    expect((await acme.delete(`/api/phone-numbers/${number.id}`)).status).toBe(204);
  });
});

test('A number becomes active without anybody asking', async () => {
  const acme = await api.organization();
  const numbers = [];
  for (const { provider } of FLOWS) numbers.push(await importNumber(acme, IMPORTS[provider]()));
  expect(numbers.map(({ status }) => status)).toEqual(FLOWS.map(() => 'activating'));
  await eventually(async () => {
    const { rows } = await api.db.query<{ status: string }>(
      'SELECT status::text FROM phone_numbers WHERE organization_id = $1',
      [acme.id],
    );
    expect(rows.map(({ status }) => status)).toEqual(FLOWS.map(() => 'active'));
  }, 20_000);
  const { items } = bodyOf(await acme.get<PhoneNumberPage>('/api/phone-numbers?status=active'));
  expect(items).toHaveLength(FLOWS.length);
});

test('A number that Vapi blocks while it is being set up is shown as blocked', async () => {
  const acme = await api.organization();
  const number = await importNumber(acme);
  api.sandbox.patchPhoneNumber(remoteOf(number).id, { status: 'blocked' });
  await eventually(async () => {
    const shown = bodyOf(await acme.get<PhoneNumberResponse>(`/api/phone-numbers/${number.id}`));
    expect(shown.status).toBe('blocked');
  });
});

test('A number that vanishes at Vapi while it is being set up asks for attention', async () => {
  const acme = await api.organization();
  const number = await importNumber(acme);
  api.sandbox.removePhoneNumber(remoteOf(number).id);
  const shown = await eventually(async () => {
    const now = bodyOf(await acme.get<PhoneNumberResponse>(`/api/phone-numbers/${number.id}`));
    expect(now.status).toBe('needs_attention');
    return now;
  });
  expect(shown).toHaveProperty('attention', expect.stringMatching(/remove it/i));

  // Trying again looks once more; Vapi still has nothing.
  const retried = await acme.post(`/api/phone-numbers/${number.id}/retry`);
  expect(retried).toMatchObject({ status: 200, body: { id: number.id } });
  await eventually(async () => {
    const now = bodyOf(await acme.get<PhoneNumberResponse>(`/api/phone-numbers/${number.id}`));
    expect(now.status).toBe('needs_attention');
  });
  expect((await acme.delete(`/api/phone-numbers/${number.id}`)).status).toBe(204);
});

test('A number that needs no attention cannot be tried again', async () => {
  const acme = await api.organization();
  const number = await importNumber(acme);
  problemOf(await acme.post(`/api/phone-numbers/${number.id}/retry`), 'CONFLICT');
});

describe.each(savedProviders)('A saved credential for a %s number', (provider) => {
  const kind = CREDENTIAL_PROVIDER[provider];

  test('serves several numbers without being sent again', async () => {
    const acme = await api.organization();
    const saved = await saveCredential(acme, kind, { name: 'Head office' });
    const { result, calls } = await api.callsDuring(async () => {
      const body = { credential: undefined, credentialId: saved.id };
      return [
        await importNumber(acme, IMPORTS[provider](body)),
        await importNumber(acme, IMPORTS[provider](body)),
      ];
    });
    expect(linesOf(calls)).toEqual(['POST /phone-number', 'POST /phone-number']);
    for (const { body } of calls.filter(({ method }) => method === 'POST'))
      expect(body).toMatchObject({ provider, credentialId: remoteCredentialOf(saved)?.id });
    expect(result.map(({ credential }) => credential)).toEqual([
      { id: saved.id, name: 'Head office' },
      { id: saved.id, name: 'Head office' },
    ]);
  });

  test('is made of inline credentials, under the name of provider and number', async () => {
    const acme = await api.organization();
    const number = await importNumber(acme, IMPORTS[provider]());
    const { items } = bodyOf(await acme.get<CredentialPage>('/api/credentials'));
    expect(items).toEqual([
      expect.objectContaining({
        id: number.credential?.id,
        provider: kind,
        name: expect.stringMatching(new RegExp(`^\\w.* \\${String(number.number)}$`)),
        phoneNumberCount: 1,
      }),
    ]);
    const again = await importNumber(
      acme,
      IMPORTS[provider]({ credential: undefined, credentialId: number.credential?.id }),
    );
    expect(again.credential).toEqual(number.credential);
  });

  test('outlives its number, unless it is to go with it', async () => {
    const acme = await api.organization();
    const stays = await importNumber(acme, IMPORTS[provider]());
    const goes = await importNumber(acme, IMPORTS[provider]());
    expect((await acme.delete(`/api/phone-numbers/${stays.id}`)).status).toBe(204);
    const reply = await acme.delete(`/api/phone-numbers/${goes.id}?deleteCredential=true`);
    expect(reply.status).toBe(204);
    const { items } = bodyOf(await acme.get<CredentialPage>('/api/credentials'));
    expect(items.map(({ id }) => id)).toEqual([stays.credential?.id]);
    expect(remoteCredentialOf({ id: stays.credential?.id ?? '' })).toBeDefined();
    expect(remoteCredentialOf({ id: goes.credential?.id ?? '' })).toBeUndefined();
  });

  test('stays when another number still uses it', async () => {
    const acme = await api.organization();
    const first = await importNumber(acme, IMPORTS[provider]());
    const body = { credential: undefined, credentialId: first.credential?.id };
    const second = await importNumber(acme, IMPORTS[provider](body));
    const path = (id: string) => `/api/phone-numbers/${id}?deleteCredential=true`;
    expect((await acme.delete(path(first.id))).status).toBe(204);
    expect(bodyOf(await acme.get<CredentialPage>('/api/credentials')).items).toHaveLength(1);
    expect((await acme.delete(path(second.id))).status).toBe(204);
    expect(bodyOf(await acme.get<CredentialPage>('/api/credentials')).items).toEqual([]);
  });

  test('has to be of this provider', async () => {
    const acme = await api.organization();
    const other = await saveCredential(acme, kind === 'vonage' ? 'telnyx' : 'vonage');
    const body = IMPORTS[provider]({ credential: undefined, credentialId: other.id });
    const { result, calls } = await api.callsDuring(() => acme.post('/api/phone-numbers', body));
    expect(pathsOf(problemOf(result, 'VALIDATION_FAILED'))).toEqual(['credentialId']);
    expect(linesOf(calls)).toEqual([]);
  });

  test('is given instead of inline credentials, not beside them and not neither', async () => {
    const acme = await api.organization();
    const saved = await saveCredential(acme, kind);
    const both = await acme.post('/api/phone-numbers', IMPORTS[provider]({ credentialId: saved.id }));
    expect(pathsOf(problemOf(both, 'VALIDATION_FAILED'))).toEqual(['credentialId']);
    const neither = await acme.post('/api/phone-numbers', IMPORTS[provider]({ credential: undefined }));
    expect(pathsOf(problemOf(neither, 'VALIDATION_FAILED'))).toEqual(['credential']);
  });
});

describe('A Twilio number', () => {
  test('is imported with an API key and its secret instead of the token', async () => {
    const acme = await api.organization();
    const credential = { accountSid: 'AC1', apiKey: 'SK1', apiSecret: 'secret' };
    const { calls } = await api.callsDuring(() => importNumber(acme, IMPORTS.twilio({ credential })));
    const body = lastPost(calls)?.body;
    expect(body).toMatchObject({
      twilioAccountSid: 'AC1',
      twilioApiKey: 'SK1',
      twilioApiSecret: 'secret',
    });
    expect(body).not.toHaveProperty('twilioAuthToken');
  });

  test('lets Vapi have its text messages only when that is asked for', async () => {
    const acme = await api.organization();
    for (const smsEnabled of [true, false]) {
      const { calls } = await api.callsDuring(() => importNumber(acme, IMPORTS.twilio({ smsEnabled })));
      expect(lastPost(calls)?.body).toMatchObject({ smsEnabled });
    }
  });

  test('cannot refer to a saved credential', async () => {
    const acme = await api.organization();
    const saved = await saveCredential(acme, 'twilio');
    const reply = await acme.post(
      '/api/phone-numbers',
      IMPORTS.twilio({ credential: undefined, credentialId: saved.id }),
    );
    expect(pathsOf(problemOf(reply, 'VALIDATION_FAILED'))).toEqual(
      expect.arrayContaining(['credentialId', 'credential']),
    );
  });

  test('saves no credential', async () => {
    const acme = await api.organization();
    await importNumber(acme, IMPORTS.twilio());
    expect(bodyOf(await acme.get<CredentialPage>('/api/credentials')).items).toEqual([]);
  });
});

describe('A number on a trunk of its own', () => {
  test('can be a SIP address, whose user part is the number at Vapi', async () => {
    const acme = await api.organization();
    const sipUri = freshSipUri();
    const user = sipUri.slice('sip:'.length, sipUri.indexOf('@'));
    const { result, calls } = await api.callsDuring(() =>
      importNumber(acme, IMPORTS['byo-phone-number']({ number: undefined, sipUri })),
    );
    expect(lastPost(calls)?.body).toMatchObject({ number: user, numberE164CheckEnabled: false });
    const credential = remoteCredentialOf({ id: result.credential?.id ?? '' });
    expect(result).toMatchObject({
      number: null,
      sipUri,
      name: sipUri,
      sipAddress: `${user}@${String(credential?.id)}.sip.vapi.ai`,
    });
  });

  test('has its SIP address once in an organisation', async () => {
    const acme = await api.organization();
    const sipUri = freshSipUri();
    await importNumber(acme, IMPORTS['byo-phone-number']({ number: undefined, sipUri }));
    const reply = await acme.post(
      '/api/phone-numbers',
      IMPORTS['byo-phone-number']({ number: undefined, sipUri }),
    );
    expect(pathsOf(problemOf(reply, 'CONFLICT'))).toEqual(['sipUri']);
  });

  test.each(['2001', '4930123456', 'reception'])(
    'can be %s when the check for E.164 is switched off',
    async (number) => {
      const acme = await api.organization();
      const { result, calls } = await api.callsDuring(() =>
        importNumber(acme, IMPORTS['byo-phone-number']({ number, numberE164CheckEnabled: false })),
      );
      expect(result.number).toBe(number);
      expect(lastPost(calls)?.body).toMatchObject({ number, numberE164CheckEnabled: false });
    },
  );

  test.each<[string, Record<string, unknown>, string]>([
    ['an extension that is to be E.164', { number: '2001' }, 'number'],
    ['digits with spaces', { number: '20 01', numberE164CheckEnabled: false }, 'number'],
    ['two digits', { number: '20', numberE164CheckEnabled: false }, 'number'],
    ['a number and a SIP address', { sipUri: 'sip:desk@example.com' }, 'sipUri'],
    ['neither', { number: undefined }, 'number'],
    ['a SIP address without a user', { number: undefined, sipUri: 'sip:example.com' }, 'sipUri'],
    ['a user with a dot', { number: undefined, sipUri: 'sip:front.desk@example.com' }, 'sipUri'],
    ['a user of two letters', { number: undefined, sipUri: 'sip:ab@example.com' }, 'sipUri'],
    ['a null SIP address', { number: undefined, sipUri: null }, 'sipUri'],
  ])('is refused with %s', async (_what, fields, path) => {
    const acme = await api.organization();
    const { result, calls } = await api.callsDuring(() =>
      acme.post('/api/phone-numbers', IMPORTS['byo-phone-number'](fields)),
    );
    expect(pathsOf(problemOf(result, 'VALIDATION_FAILED'))).toContain(path);
    expect(linesOf(calls)).toEqual([]);
  });

  test('says what Vapi takes as the user of a SIP address', async () => {
    const acme = await api.organization();
    const body = IMPORTS['byo-phone-number']({ number: undefined, sipUri: 'sip:front.desk@example.com' });
    const problem = problemOf(await acme.post('/api/phone-numbers', body), 'VALIDATION_FAILED');
    expect(problem.errors?.[0]?.message).toMatch(/3 to 40 letters and digits/);
  });

  test('is reached over gateways with host names for outbound calls only', async () => {
    const acme = await api.organization();
    const gateways = [
      { ip: 'sip.example.com', port: 5061, outboundProtocol: 'tls' },
      { ip: '198.51.100.8', netmask: 28, outboundEnabled: false },
    ];
    const { calls } = await api.callsDuring(() =>
      importNumber(acme, IMPORTS['byo-phone-number']({ credential: { gateways } })),
    );
    expect(calls.find(({ method }) => method === 'POST')?.body).toMatchObject({
      provider: 'byo-sip-trunk',
      gateways: [{ ...gateways[0], inboundEnabled: false }, gateways[1]],
    });
  });

  test('refuses inbound calls over a host name, at the field', async () => {
    const acme = await api.organization();
    const credential = {
      gateways: [{ ip: '198.51.100.8' }, { ip: 'pbx.example.com', inboundEnabled: true }],
    };
    const reply = await acme.post('/api/phone-numbers', IMPORTS['byo-phone-number']({ credential }));
    expect(pathsOf(problemOf(reply, 'VALIDATION_FAILED'))).toEqual(['credential.gateways.1.inboundEnabled']);
  });
});

describe('A free number', () => {
  test('is taken in the wanted area', async () => {
    const acme = await api.organization();
    const { result, calls } = await api.callsDuring(() =>
      importNumber(acme, { provider: 'vapi', areaCode: '415' }),
    );
    expect(lastPost(calls)?.body).toMatchObject({ provider: 'vapi', numberDesiredAreaCode: '415' });
    expect(result.number).toMatch(/^\+1415/);
  });

  test('cannot be chosen', async () => {
    const acme = await api.organization();
    const reply = await acme.post('/api/phone-numbers', { provider: 'vapi', number: freshNumber() });
    expect(pathsOf(problemOf(reply, 'VALIDATION_FAILED'))).toEqual(['number']);
  });
});

test('An import lists nothing at Vapi', () => {
  const lists = api.sandbox.requests.filter(
    ({ method, path }) => method === 'GET' && /^\/(phone-number|credential|assistant)$/.test(path),
  );
  expect(lists).toEqual([]);
});

test('A change of nothing asks Vapi nothing', async () => {
  const acme = await api.organization();
  const number = await importNumber(acme);
  const { result, calls } = await api.callsDuring(() => acme.patch(`/api/phone-numbers/${number.id}`, {}));
  expect(result.body).toMatchObject({ id: number.id, name: number.name });
  expect(linesOf(calls)).toEqual([]);
});
