import type { PhoneNumberPage, PhoneNumberResponse } from '@voxreach/contracts';
import { bodyOf, type Organization, useApi } from './support/api';
import { freshNumber, importNumber, IMPORTS } from './support/builders';
import { footprintOf } from './support/footprint';
import { pathsOf, problemOf } from './support/problem';

const api = useApi();

const keyed = (organization: Organization, key: string, body: unknown) =>
  organization.post<PhoneNumberResponse>('/api/phone-numbers', body, {
    headers: { 'idempotency-key': key },
  });

test('A repeated import answers as the first did and does nothing more', async () => {
  const acme = await api.organization();
  const body = IMPORTS.vonage({ name: 'First' });
  const first = await keyed(acme, 'key', body);
  expect(first.status).toBe(201);
  // What happened since does not change the answer.
  bodyOf(await acme.patch(`/api/phone-numbers/${first.body.id}`, { name: 'Renamed' }));
  const { result, calls } = await api.callsDuring(() => keyed(acme, 'key', body));
  expect(result.status).toBe(201);
  expect(result.body).toEqual(first.body);
  expect(result.headers.get('etag')).toBe(first.headers.get('etag'));
  expect(calls).toEqual([]);
  expect(bodyOf(await acme.get<PhoneNumberPage>('/api/phone-numbers')).items).toHaveLength(1);
});

test('The order of the fields does not make another request', async () => {
  const acme = await api.organization();
  const body = IMPORTS.vonage({ name: 'Order' });
  const first = await keyed(acme, 'key', body);
  const turned = Object.fromEntries(Object.entries(body).toReversed());
  expect((await keyed(acme, 'key', turned)).body).toEqual(first.body);
});

test('The same key with another body is refused, and nothing is done', async () => {
  const acme = await api.organization();
  const body = IMPORTS.twilio();
  await keyed(acme, 'key', body);
  const before = await footprintOf(api, acme);
  for (const other of [{ ...body, name: 'Other' }, { ...body, number: freshNumber() }, IMPORTS.vonage()])
    problemOf(await keyed(acme, 'key', other), 'IDEMPOTENCY_KEY_REUSED');
  expect(await footprintOf(api, acme)).toEqual(before);
});

test('Another secret is another body, though no secret is kept', async () => {
  const acme = await api.organization();
  const body = IMPORTS.telnyx();
  await keyed(acme, 'key', body);
  problemOf(
    await keyed(acme, 'key', { ...body, credential: { apiKey: 'another' } }),
    'IDEMPOTENCY_KEY_REUSED',
  );
});

test('Two organisations can use the same key', async () => {
  const [acme, globex] = [await api.organization('Acme'), await api.organization('Globex')];
  const one = await keyed(acme, 'shared', IMPORTS.twilio());
  const two = await keyed(globex, 'shared', IMPORTS.twilio());
  expect([one.status, two.status]).toEqual([201, 201]);
  expect(one.body.id).not.toBe(two.body.id);
});

test('Without a key, or with two keys, there are two requests', async () => {
  const acme = await api.organization();
  const body = IMPORTS.twilio();
  expect((await keyed(acme, 'one', body)).status).toBe(201);
  problemOf(await keyed(acme, 'two', body), 'CONFLICT');
  problemOf(await acme.post('/api/phone-numbers', body), 'CONFLICT');
});

test('Many at once make one number; the others are told to wait, or get the same answer', async () => {
  const acme = await api.organization();
  const body = IMPORTS.vonage();
  const before = api.sandbox.snapshot();
  api.sandbox.inject({ kind: 'delay', ms: 300, method: 'POST', path: /phone-number/ });
  const replies = await Promise.all(Array.from({ length: 5 }, () => keyed(acme, 'key', body)));
  const done = replies.filter(({ status }) => status === 201);
  expect(new Set(done.map((reply) => reply.body.id)).size).toBe(1);
  for (const reply of replies.filter(({ status }) => status !== 201)) {
    expect(problemOf(reply, 'CONFLICT').detail).toMatch(/still running/);
    expect(Number(reply.headers.get('retry-after'))).toBeGreaterThan(0);
  }
  const after = api.sandbox.snapshot();
  expect(after.phoneNumbers).toHaveLength(before.phoneNumbers.length + 1);
  expect((await keyed(acme, 'key', body)).body).toEqual(done[0]?.body);
});

test('An outage is no outcome: the same key can try again', async () => {
  const acme = await api.organization();
  const body = IMPORTS.telnyx();
  api.sandbox.inject({ kind: 'status', status: 503, method: 'POST', path: /phone-number/ });
  problemOf(await keyed(acme, 'key', body), 'UPSTREAM_UNAVAILABLE');
  const again = await keyed(acme, 'key', body);
  expect(again.status).toBe(201);
  expect((await keyed(acme, 'key', body)).body).toEqual(again.body);
});

describe('A refusal is an outcome:', () => {
  test('what the carrier refused once stays refused under its key, without asking again', async () => {
    const acme = await api.organization();
    const body = IMPORTS.vonage({ number: '+12025550404' });
    const first = problemOf(await keyed(acme, 'key', body), 'PROVIDER_REJECTED');
    const { result, calls } = await api.callsDuring(() => keyed(acme, 'key', body));
    const again = problemOf(result, 'PROVIDER_REJECTED');
    expect({ ...again, requestId: '' }).toEqual({ ...first, requestId: '' });
    expect(calls).toEqual([]);
  });

  test('a number that was there stays a conflict under its key, even when it has gone', async () => {
    const acme = await api.organization();
    const body = IMPORTS.twilio();
    const { id } = await importNumber(acme, body);
    const first = problemOf(await keyed(acme, 'key', body), 'CONFLICT');
    bodyOf(await acme.delete(`/api/phone-numbers/${id}`));
    const again = problemOf(await keyed(acme, 'key', body), 'CONFLICT');
    expect({ ...again, requestId: '' }).toEqual({ ...first, requestId: '' });
    expect((await keyed(acme, 'new key', body)).status).toBe(201);
  });

  test('a body that cannot be accepted has not used the key', async () => {
    const acme = await api.organization();
    problemOf(await keyed(acme, 'key', { provider: 'twilio' }), 'VALIDATION_FAILED');
    expect((await keyed(acme, 'key', IMPORTS.twilio())).status).toBe(201);
  });
});

test('A key has 1 to 255 characters', async () => {
  const acme = await api.organization();
  for (const key of ['', 'x'.repeat(256)]) {
    const reply = await keyed(acme, key, IMPORTS.twilio());
    expect(pathsOf(problemOf(reply, 'VALIDATION_FAILED'))).toEqual(['Idempotency-Key']);
  }
  expect((await keyed(acme, 'x'.repeat(255), IMPORTS.twilio())).status).toBe(201);
  expect(bodyOf(await acme.get<PhoneNumberPage>('/api/phone-numbers')).items).toHaveLength(1);
});

test('A repetition after a restart answers as before', async () => {
  const acme = await api.organization();
  const body = IMPORTS['byo-phone-number']();
  const first = await keyed(acme, 'key', body);
  await api.restart();
  const again = await keyed(acme, 'key', body);
  expect(again.status).toBe(201);
  expect(again.body).toEqual(first.body);
});
