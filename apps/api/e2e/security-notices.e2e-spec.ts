import type {
  MeResponse,
  RecoveryCodesResponse,
  SecurityNoticeList,
  SecurityNoticeResponse,
  SessionResponse,
} from '@voxreach/contracts';
import { bodyOf, type Organization, useApi } from './support/api';
import { enroll, letCodesBeFresh } from './support/authenticator';
import type { Client } from './support/client';
import { cookieOf, spentLongAgo } from './support/cookie';
import { pathsOf, problemOf } from './support/problem';

// A proxy in front names the callers' addresses, so that people can come from anywhere.
const api = useApi({ env: { TRUST_PROXY: 'true' } });

let addresses = 0;
const freshAddress = () => `192.0.2.${++addresses % 250}`;

const signIn = (login: object, address = freshAddress()) =>
  api.anonymous.post<SessionResponse>('/api/auth/login', login, {
    headers: { 'x-forwarded-for': address, 'user-agent': 'Phone' },
  });

const noticesOf = async (person: Client): Promise<SecurityNoticeResponse[]> =>
  bodyOf(await person.get<SecurityNoticeList>('/api/auth/security-notices')).items;

const newsOf = async (person: Client) =>
  (await noticesOf(person)).filter(({ isNew }) => isNew).map(({ kind }) => kind);

const countOf = async (person: Client) =>
  bodyOf(await person.get<MeResponse>('/api/auth/me')).newSecurityNotices;

const markSeen = (person: Client, until: string | undefined) =>
  person.post('/api/auth/security-notices/seen', { until });

describe('The owner of an account is told', () => {
  test('nothing of their own beginning', async () => {
    const acme = await api.organization();
    expect(await newsOf(acme)).toEqual([]);
    expect(await countOf(acme)).toBe(0);
    // The address they began at is known from now on.
    expect(await noticesOf(acme)).toEqual([expect.objectContaining({ kind: 'new_address', isNew: false })]);
  });

  test('of a sign-in from an address that is not known, once', async () => {
    const acme = await api.organization();
    const address = freshAddress();
    for (let visit = 0; visit < 2; visit++) expect((await signIn(acme.login, address)).status).toBe(200);
    expect(await newsOf(acme)).toEqual(['new_address']);
    expect(await countOf(acme)).toBe(1);
    const [notice] = await noticesOf(acme);
    expect(notice).toEqual({
      id: expect.any(String),
      kind: 'new_address',
      address,
      userAgent: 'Phone',
      isNew: true,
      createdAt: expect.any(String),
    });
    expect((await signIn(acme.login)).status).toBe(200);
    expect(await newsOf(acme)).toEqual(['new_address', 'new_address']);
  });

  test('of it as well when they have not been here for so long that no address is known any more', async () => {
    const acme = await api.organization();
    const { id } = acme.session.user;
    await api.db.query('DELETE FROM security_notices WHERE user_id = $1', [id]);
    await api.db.query(`UPDATE users SET created_at = now() - interval '91 days' WHERE id = $1`, [id]);
    await signIn(acme.login);
    expect(await newsOf(acme)).toEqual(['new_address']);
  });

  test('of none from a network that they come from again and again', async () => {
    const acme = await api.organization();
    await signIn(acme.login, '2001:db8:7:1::5');
    const seen = () =>
      api.db.query(`SELECT last_seen_at > now() - interval '1 minute' AS lately FROM security_notices
        WHERE user_id = '${acme.session.user.id}' AND network LIKE '2001:%'`);
    await api.db.query(`UPDATE security_notices SET last_seen_at = now() - interval '89 days'`);
    await signIn(acme.login, '2001:db8:7:1::6');
    expect((await seen()).rows).toEqual([{ lately: true }]);
    expect(await newsOf(acme)).toEqual(['new_address']);
  });

  test('of no sign-in that failed', async () => {
    const acme = await api.organization();
    problemOf(await signIn({ ...acme.login, password: 'not this one' }), 'UNAUTHENTICATED');
    expect(await newsOf(acme)).toEqual([]);
  });

  test('of a new password', async () => {
    const acme = await api.organization();
    const body = { currentPassword: acme.login.password, newPassword: 'seven purple lanterns' };
    expect((await acme.post('/api/auth/password', body)).status).toBe(204);
    expect(await newsOf(acme)).toEqual(['password_changed']);
  });

  test('of each change to the second factor, and of recovery codes that are used', async () => {
    const acme = await api.organization();
    const { recoveryCodes } = await enroll(acme);
    const codes = await acme.post<RecoveryCodesResponse>('/api/auth/second-factor/recovery-codes');
    const [code] = bodyOf(codes).recoveryCodes;
    problemOf(await signIn({ ...acme.login, code: recoveryCodes[0] }), 'UNAUTHENTICATED');
    expect((await acme.post('/api/auth/step-up', { code })).status).toBe(200);
    expect((await acme.delete('/api/auth/second-factor')).status).toBe(204);
    expect(await newsOf(acme)).toEqual([
      'second_factor_removed',
      'recovery_code_used',
      'recovery_codes_replaced',
      'second_factor_added',
    ]);
    // There is none any more: nothing changes.
    expect((await acme.delete('/api/auth/second-factor')).status).toBe(204);
    expect(await newsOf(acme)).toHaveLength(4);
  });

  test('of a code of the app that comes a second time', async () => {
    const acme = await api.organization();
    const { app } = await enroll(acme);
    await letCodesBeFresh(api.db, acme);
    const code = await app.code();
    expect((await acme.post('/api/auth/step-up', { code })).status).toBe(200);
    problemOf(await acme.post('/api/auth/step-up', { code }), 'VALIDATION_FAILED');
    expect(await newsOf(acme)).toEqual(['code_reused', 'second_factor_added']);
  });

  test('of a session whose token was used twice', async () => {
    const acme = await api.organization();
    const address = freshAddress();
    const cookie = cookieOf(await signIn(acme.login, address));
    const refresh = () => api.anonymous.post('/api/auth/refresh', undefined, { headers: { cookie } });
    expect((await refresh()).status).toBe(200);
    await spentLongAgo(api, cookie);
    problemOf(await refresh(), 'UNAUTHENTICATED');
    expect(await newsOf(acme)).toEqual(['session_stolen', 'new_address']);
  });
});

describe('What somebody has seen', () => {
  test('is no news any more, and what came later is', async () => {
    const acme = await api.organization();
    await signIn(acme.login);
    const [first] = await noticesOf(acme);
    await signIn(acme.login);
    expect(await countOf(acme)).toBe(2);
    expect((await markSeen(acme, first?.createdAt)).status).toBe(204);
    expect((await noticesOf(acme)).map(({ isNew }) => isNew)).toEqual([true, false, false]);
    expect(await countOf(acme)).toBe(1);
  });

  test("is not another person's", async () => {
    const [acme, globex] = [await api.organization(), await api.organization()];
    await signIn(acme.login);
    const [notice] = await noticesOf(acme);
    expect((await noticesOf(globex)).map(({ id }) => id)).not.toContain(notice?.id);
    expect((await markSeen(globex, '2100-01-01T00:00:00Z')).status).toBe(204);
    expect(await countOf(acme)).toBe(1);
  });

  test.each([undefined, 'yesterday', 7, null])('is no time like %s', async (until) => {
    const acme: Organization = await api.organization();
    const reply = await acme.post('/api/auth/security-notices/seen', { until });
    expect(pathsOf(problemOf(reply, 'VALIDATION_FAILED'))).toEqual(['until']);
  });
});
