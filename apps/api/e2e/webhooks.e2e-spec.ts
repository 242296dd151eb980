import type { PhoneNumberResponse } from '@voxreach/contracts';
import { bodyOf, OPERATOR, useApi } from './support/api';
import { createAgent, freshSipUri, importNumber, IMPORTS } from './support/builders';
import { problemOf } from './support/problem';

const api = useApi({ sandbox: { phoneNumberLimit: 100 } });

const signed = { headers: { 'x-vapi-secret': OPERATOR.webhookSecret } };

const post = (body: unknown, options: object = signed) =>
  api.anonymous.post('/api/webhooks/vapi', body, options);

/** The number that Vapi holds for one of ours. */
function remoteOf({ id }: PhoneNumberResponse) {
  const tag = Buffer.from(id.replaceAll('-', ''), 'hex').toString('base64url');
  const found = api.sandbox.snapshot().phoneNumbers.find(({ name }) => name?.endsWith(tag));
  if (found === undefined) throw new Error(`Vapi holds no number for ${id}`);
  return found;
}

const ring = (number: PhoneNumberResponse) =>
  api.sandbox.sendWebhook(remoteOf(number).id, { type: 'assistant-request' });

describe.each(['twilio', 'vonage', 'telnyx', 'byo-phone-number', 'vapi'] as const)(
  'A call to a %s number',
  (provider) => {
    test('without an agent hears a sentence, within a second', async () => {
      const acme = await api.organization();
      const number = await importNumber(acme, IMPORTS[provider]());
      const startedAt = performance.now();
      const reply = await ring(number);
      expect(performance.now() - startedAt).toBeLessThan(1_000);
      expect(reply).toEqual({ status: 200, body: { error: expect.stringMatching(/^\w.+\.$/) } });
    });

    test('without an agent goes to the fallback', async () => {
      const acme = await api.organization();
      const number = await importNumber(acme, IMPORTS[provider]({ fallbackNumber: '+4930123456' }));
      expect(await ring(number)).toEqual({
        status: 200,
        body: { destination: { type: 'number', number: '+4930123456' } },
      });
    });

    test('with an agent is given its assistant', async () => {
      const acme = await api.organization();
      const agent = await createAgent(acme);
      const number = await importNumber(
        acme,
        IMPORTS[provider]({ agentId: agent.id, fallbackNumber: '+4930123456' }),
      );
      expect(await ring(number)).toEqual({
        status: 200,
        body: { assistantId: remoteOf(number).assistantId },
      });
    });
  },
);

test('A call to a SIP address is answered like any other', async () => {
  const acme = await api.organization();
  const number = await importNumber(
    acme,
    IMPORTS['byo-phone-number']({ number: undefined, sipUri: freshSipUri(), fallbackNumber: '+4930123456' }),
  );
  expect((await ring(number)).body).toEqual({ destination: { type: 'number', number: '+4930123456' } });
});

test('The answer follows what was assigned last', async () => {
  const acme = await api.organization();
  const agent = await createAgent(acme);
  const number = await importNumber(acme);
  const path = `/api/phone-numbers/${number.id}`;
  bodyOf(await acme.patch(path, { agentId: agent.id }));
  expect((await ring(number)).body).toEqual({ assistantId: remoteOf(number).assistantId });
  bodyOf(await acme.patch(path, { agentId: null }));
  expect((await ring(number)).body).toEqual({ error: expect.any(String) });
});

test('A number is found by the call as well as by the number in the message', async () => {
  const acme = await api.organization();
  const number = await importNumber(acme, IMPORTS.twilio({ fallbackNumber: '+4930123456' }));
  const { id } = remoteOf(number);
  const answer = { destination: { type: 'number', number: '+4930123456' } };
  for (const message of [
    { call: { phoneNumberId: id } },
    { phoneNumber: { id } },
    { call: { phoneNumberId: id }, phoneNumber: { provider: 'twilio' } },
    { call: null, phoneNumber: { id } },
  ])
    expect((await post({ message: { type: 'assistant-request', ...message } })).body).toEqual(answer);
});

test('A call to a number that is not ours hears the same sentence', async () => {
  const { phoneNumberId } = api.sandbox.operatorIds;
  for (const call of [{ phoneNumberId }, { phoneNumberId: 'nonsense' }, {}, undefined]) {
    const reply = await post({ message: { type: 'assistant-request', call } });
    expect(reply).toMatchObject({ status: 200, body: { error: expect.any(String) } });
  }
});

describe('A webhook', () => {
  test.each<[string, Record<string, string>]>([
    ['without the secret', {}],
    ['with another secret', { 'x-vapi-secret': 'operator-webhook-secret-00000000' }],
    ['with an empty secret', { 'x-vapi-secret': '' }],
    ['with the secret and more', { 'x-vapi-secret': `${OPERATOR.webhookSecret}x` }],
    ['with half of the secret', { 'x-vapi-secret': OPERATOR.webhookSecret.slice(0, 16) }],
    ['with the secret as a bearer token', { authorization: `Bearer ${OPERATOR.webhookSecret}` }],
    ['with "Bearer" before the secret', { 'x-vapi-secret': `Bearer ${OPERATOR.webhookSecret}` }],
  ])('%s is refused', async (_what, headers) => {
    const reply = await post({ message: { type: 'assistant-request' } }, { headers });
    problemOf(reply, 'UNAUTHENTICATED');
  });

  test('is refused to somebody who is only signed in', async () => {
    const acme = await api.organization();
    problemOf(await acme.post('/api/webhooks/vapi', { message: { type: 'hang' } }), 'UNAUTHENTICATED');
  });

  test.each([
    'status-update',
    'end-of-call-report',
    'tool-calls',
    'transcript',
    'hang',
    'call.deleted',
    'something-new',
    '__proto__',
    '',
  ])('of the type "%s" is taken', async (type) => {
    expect(await post({ message: { type } })).toMatchObject({ status: 200, body: {} });
  });

  test.each([
    {},
    { message: null },
    { message: 'hello' },
    { message: [] },
    { message: { type: 7 } },
    { a: 1 },
  ])('of an unexpected shape (%j) is taken', async (body) => {
    expect(await post(body)).toMatchObject({ status: 200, body: {} });
  });

  test('may hold a whole conversation, and characters that a database cannot', async () => {
    const transcript = 'Hello\u0000 '.repeat(200_000);
    const reply = await post({ message: { type: 'end-of-call-report', artifact: { transcript } } });
    expect(reply.status).toBe(200);
  });

  test('that is no JSON object is refused', async () => {
    for (const raw of ['null', '[]', '"x"', '{'])
      problemOf(await post(undefined, { ...signed, raw }), 'VALIDATION_FAILED');
  });

  test('is a POST', async () => {
    for (const method of ['GET', 'PUT', 'DELETE'])
      problemOf(await api.anonymous.request(method, '/api/webhooks/vapi', signed), 'NOT_FOUND');
  });
});
