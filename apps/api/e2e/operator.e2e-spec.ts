import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import type {
  AuditPage,
  MeResponse,
  PhoneNumberPage,
  SecurityNoticeList,
  SessionResponse,
} from '@voxreach/contracts';
import { Pool } from 'pg';
import { lockDataDir, socketDir } from '../src/app/prisma/data-dir';
import { makeApiKey } from './support/account';
import { Api, bodyOf, OPERATOR, Organization, useApi } from './support/api';
import { letNeedAttention } from './support/attention';
import { enroll, letCodesBeFresh } from './support/authenticator';
import { createAgent, freshNumber, importNumber, IMPORTS, saveCredential } from './support/builders';
import { feedCommand, passwordsIn, runCommand, saidBy } from './support/command';
import { contentsOf } from './support/contents';
import { eventually } from './support/eventually';
import { freshEmail, invite, join as joinOrganization } from './support/people';
import { ServerProcess } from './support/server-process';
import { createTestDatabase, serverUrl, type TestDatabase } from './support/test-database';

const VAPI = { VAPI_READ_TIMEOUT_MS: '500', VAPI_WRITE_TIMEOUT_MS: '700' };

/** For what starts several servers, in milliseconds. */
const PATIENCE_MS = 120_000;

let folder: string;
const databases: TestDatabase[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'voxreach-operator-'));
});
afterEach(async () => {
  rmSync(folder, { recursive: true, force: true });
  for (const database of databases.splice(0)) await database.remove();
});

/** Another installation on the same Vapi account: its settings, with a database of its own. */
async function anotherInstallation(api: Api): Promise<Record<string, string>> {
  const database = await createTestDatabase();
  databases.push(database);
  return { ...api.env, ...database.env };
}

/** Runs a server on an installation for as long as `work` takes, which gets its database as well. */
async function whileServing<T>(
  env: Record<string, string>,
  work: (server: Api, db: Pool) => Promise<T>,
): Promise<T> {
  const process = new ServerProcess(env);
  const server = new Api();
  server.url = await process.ready();
  const db = new Pool({ ...addressOf(env), max: 2 });
  db.on('error', () => undefined);
  try {
    return await work(server, db);
  } finally {
    await db.end();
    await process.end('SIGTERM');
  }
}

/** What happened to somebody's account that they have not seen. */
const newsOf = async (person: Organization): Promise<string[]> =>
  bodyOf(await person.get<SecurityNoticeList>('/api/auth/security-notices'))
    .items.filter(({ isNew }) => isNew)
    .map(({ kind }) => kind);

const addressOf = (env: Record<string, string>) =>
  env['DATABASE_URL']
    ? { connectionString: env['DATABASE_URL'] }
    : { host: socketDir(env['DATA_DIR'] ?? ''), user: 'postgres', database: 'postgres' };

async function signIn(api: Api, email: string, password: string, code?: string): Promise<Organization> {
  const reply = await api.anonymous.post<SessionResponse>('/api/auth/login', { email, password, code });
  return new Organization(api, bodyOf(reply), { email, password });
}

/** Two organisations that have something in every table. */
async function fill(api: Api): Promise<Organization> {
  const acme = await api.organization();
  const agent = await createAgent(acme);
  await saveCredential(acme, 'telnyx', { name: 'Línea "1"\u2028\n\t\\ 電話' });
  await acme.post('/api/phone-numbers', IMPORTS.vonage({ agentId: agent.id }), {
    headers: { 'idempotency-key': 'import-1' },
  });
  await importNumber(acme, IMPORTS.twilio({ fallbackNumber: freshNumber() }));
  await joinOrganization(api, acme, 'viewer');
  await invite(acme);
  await makeApiKey(api, acme, ['numbers:read', 'audit:read']);
  await enroll(acme);
  await api.anonymous.post('/api/auth/login', { email: freshEmail(), password: 'not known here' });
  const globex = await api.organization('Globex');
  await importNumber(globex, IMPORTS.telnyx());
  return acme;
}

const api = useApi({ env: VAPI });

afterEach(() => api.sandbox.clearFaults());

describe('The commands', () => {
  test('are listed, each with its help', async () => {
    const overview = await saidBy({}, '--help');
    const names = [...overview.matchAll(/^ {2}([a-z-]+) /gm)].map(([, name]) => name ?? '');
    expect(names).toHaveLength(9);
    for (const name of names) expect(await saidBy({}, name, '--help')).toContain(`voxreach ${name}`);
  });

  test.each([
    [[], /create-organization/],
    [['remove-everything'], /no command "remove-everything"/],
    [['attention', '--colour'], /Unknown option '--colour'\.\nUsage: voxreach attention \[--json\]/],
    [['attention', 'now'], /"now" is one value too many/],
    [['backup'], /<file> is missing/],
    [['create-organization', 'Acme'], /--owner <email> is missing/],
    [['create-organization', 'Acme', '--owner'], /--owner/],
    [
      ['create-organization', 'Acme', '--owner', 'ada', '--owner-name', 'Ada'],
      /--owner: Enter an email address/,
    ],
    [['create-organization', ' ', '--owner', 'a@b.example', '--owner-name', 'Ada'], /<name>: Enter the name/],
  ])('refuse %j with a sentence and exit code 2', async (args, sentence) => {
    const { code, said, noted } = await runCommand(api.env, ...args);
    expect(said + noted).toMatch(sentence);
    expect(noted).not.toMatch(/^\s+at /m);
    expect(code).toBe(2);
  });

  test('need the settings that the server needs', async () => {
    const { code, noted } = await runCommand({ NODE_ENV: 'production' }, 'attention');
    expect(code).toBe(1);
    expect(noted).toMatch(/JWT_SECRET is required in production/);
  });

  test('make no database where none is, unless they begin one', async () => {
    const dataDir = join(folder, 'mistyped');
    const { code, noted } = await runCommand({ DATA_DIR: dataDir }, 'backup', join(folder, 'backup'));
    expect(code).toBe(1);
    expect(noted).toContain(`There is no database in the data folder ${dataDir}.`);
    expect(existsSync(dataDir)).toBe(false);
  });

  test('say when the database cannot be reached', async () => {
    const { code, noted } = await runCommand(
      { DATABASE_URL: 'postgresql://x:hidden@127.0.0.1:9/x' },
      'attention',
    );
    expect(code).toBe(1);
    expect(noted).toMatch(/^The database cannot be opened: .*ECONNREFUSED/);
    expect(noted).not.toContain('hidden');
  });

  test('leave a database of another version alone', async () => {
    await api.db.query(
      `UPDATE _prisma_migrations SET migration_name = migration_name || '_' WHERE migration_name ~ 'initial$'`,
    );
    const { code, noted } = await runCommand(api.env, 'attention');
    await api.db.query(`UPDATE _prisma_migrations SET migration_name = rtrim(migration_name, '_')`);
    expect(code).toBe(1);
    expect(noted).toMatch(/belongs to another version of VoxReach/);
  });

  if (serverUrl === undefined) {
    test('do not share a database that another command has open', async () => {
      const { DATA_DIR: dataDir = '', ...env } = await anotherInstallation(api);
      const lock = await lockDataDir(dataDir, 'command');
      const { code, noted } = await runCommand({ ...env, DATA_DIR: dataDir }, 'attention');
      await new Promise((resolve) => lock.close(resolve));
      expect(code).toBe(1);
      expect(noted).toMatch(/Another command is using this database/);
    });
  }
});

describe.each(['beside a running server', 'without a server'])('%s', (situation) => {
  const isRunning = situation === 'beside a running server';

  /** Runs `work` while the server is as the situation has it. */
  async function there<T>(work: () => Promise<T>): Promise<T> {
    if (isRunning) return work();
    await api.end('SIGTERM');
    try {
      return await work();
    } finally {
      await api.launch();
    }
  }

  const command = (...args: string[]) => there(() => runCommand(api.env, ...args));

  test('an organisation is made, whose owner signs in with the password that is shown', async () => {
    const email = freshEmail();
    const { code, said } = await command(
      ...['create-organization', 'Initech', '--owner', email.toUpperCase(), '--owner-name', 'Ina'],
    );
    expect(code).toBe(0);
    const [password = ''] = passwordsIn(said);
    const owner = await signIn(api, email, password);
    const me = bodyOf(await owner.get<MeResponse>('/api/auth/me'));
    expect(me).toMatchObject({
      user: { email, name: 'Ina' },
      organization: { name: 'Initech', role: 'owner' },
    });
    expect(said).toContain(me.organization.id);
    const { items } = bodyOf(await owner.get<AuditPage>('/api/audit?action=organization.create'));
    expect(items).toMatchObject([{ actor: { type: 'system', name: 'Operator' }, after: { owner: email } }]);
    expect(api.logs).not.toContain(password);
  });

  test('somebody with an account becomes the owner of another organisation, and keeps the password', async () => {
    const acme = await api.organization();
    const { code, said } = await command(
      ...['create-organization', 'Second', '--owner', acme.login.email, '--owner-name', 'Ignored'],
    );
    expect(code).toBe(0);
    expect(passwordsIn(said)).toEqual([]);
    const again = await signIn(api, acme.login.email, acme.login.password);
    const me = bodyOf(await again.get<MeResponse>('/api/auth/me'));
    expect(me.organizations.map(({ name, role }) => [name, role])).toEqual([
      ['Acme', 'owner'],
      ['Second', 'owner'],
    ]);
    expect(me.user.name).toBe('Olga Owner');
  });

  test('a password is reset, which ends every session and is in the activity', async () => {
    const acme = await api.organization();
    const { app } = await enroll(acme);
    const { code, said } = await command('reset-password', acme.login.email);
    expect(code).toBe(0);
    expect(said).toContain('The second factor is still asked for.');
    const [password = ''] = passwordsIn(said);
    expect((await acme.get('/api/auth/me')).status).toBe(401);
    expect((await api.anonymous.post('/api/auth/login', acme.login)).status).toBe(401);
    await letCodesBeFresh(api.db, acme);
    const again = await signIn(api, acme.login.email, password, await app.code());
    const { items } = bodyOf(await again.get<AuditPage>('/api/audit?action=user.password'));
    expect(await newsOf(again)).toContain('password_reset');
    expect(items).toMatchObject([
      {
        actor: { type: 'system', name: 'Operator' },
        target: { id: acme.session.user.id },
        after: { endedSessions: 1 },
      },
    ]);
    expect(api.logs).not.toContain(password);
  });

  test('a second factor that was lost is removed', async () => {
    const acme = await api.organization();
    await enroll(acme);
    const { said } = await command('reset-password', acme.login.email, '--remove-second-factor');
    const again = await signIn(api, acme.login.email, passwordsIn(said)[0] ?? '');
    expect(bodyOf(await again.get<MeResponse>('/api/auth/me')).hasSecondFactor).toBe(false);
    expect(await newsOf(again)).toEqual(expect.arrayContaining(['second_factor_removed', 'password_reset']));
    const { rows } = await api.db.query('SELECT FROM recovery_codes WHERE user_id = $1', [
      acme.session.user.id,
    ]);
    expect(rows).toEqual([]);
    const { items } = bodyOf(await again.get<AuditPage>('/api/audit?action=user.second_factor_removed'));
    expect(items).toHaveLength(1);
  });

  test('a person who is unknown gets no password', async () => {
    const { code, said, noted } = await command('reset-password', 'nobody@example.com');
    expect([code, said, noted]).toEqual([
      1,
      '',
      'Nobody has an account with the address nobody@example.com.\n',
    ]);
  });

  test('what needs attention is listed, of each organisation', async () => {
    const acme = await api.organization('Acme \u001b[31m\u202ered');
    const globex = await api.organization('Globex');
    const agent = await createAgent(acme, { name: 'Reception' });
    const credential = await saveCredential(globex, 'telnyx', { name: 'Main' });
    await createAgent(globex, { name: 'All is well' });
    await letNeedAttention(api.db, 'agents', agent.id, 'updating');
    await letNeedAttention(api.db, 'credentials', credential.id, 'removing');
    const [table, json] = await there(async () => [
      await saidBy(api.env, 'attention'),
      await saidBy(api.env, 'attention', '--json'),
    ]);
    expect(table).toMatch(/^ORGANISATION +WHAT +NAME/);
    expect(table).toMatch(/^Acme {2}\[31m red +agent +Reception .* 5 +It was interrupted\. Try again/m);
    expect(table).toMatch(/^Globex +credential +Main /m);
    expect(table).not.toContain('All is well');
    const items = JSON.parse(json ?? '') as { id: string }[];
    expect(items.find(({ id }) => id === agent.id)).toMatchObject({
      organizationId: acme.id,
      kind: 'agent',
      name: 'Reception',
      number: null,
      attempts: 5,
      attention: 'It was interrupted. Try again, or remove it.',
    });
    await api.db.query('DELETE FROM agents WHERE id = $1', [agent.id]);
    await api.db.query('DELETE FROM credentials WHERE id = $1', [credential.id]);
  });

  test('what recovery has put off is settled without waiting for its turn', async () => {
    const acme = await api.organization();
    const { id } = await createAgent(acme);
    await letNeedAttention(api.db, 'agents', id, 'removing');
    const { code, said } = await command('reconcile');
    expect(code).toBe(0);
    expect(said).toMatch(/^Due now: 1\.$/m);
    expect(said).toMatch(
      isRunning ? /^Nothing is left\.$/m : /No server is running.* will run when the next one starts/,
    );
    const isGone = async () =>
      expect((await api.db.query('SELECT FROM agents WHERE id = $1', [id])).rows).toEqual([]);
    await (isRunning ? isGone() : eventually(isGone));
  });

  test('an organisation is exported, with nothing of another one and no secret', async () => {
    const acme = await fill(api);
    const file = join(folder, 'acme.json');
    expect((await command('export-organization', acme.id, file)).code).toBe(0);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const text = readFileSync(file, 'utf8');
    const { rows } = await api.db.query<{ id: string; hash: string }>(
      `SELECT id::text, encode(password_hash, 'hex') AS hash FROM users UNION ALL
       SELECT vapi_phone_number_id, 'x' FROM phone_numbers WHERE organization_id <> $1`,
      [acme.id],
    );
    for (const { id, hash } of rows)
      expect([text.includes(id), hash !== 'x' && text.includes(hash)]).toEqual([false, false]);
    for (const secret of Object.values(OPERATOR)) expect(text).not.toContain(secret);
    const { agents, credentials, phoneNumbers, members } = JSON.parse(text) as Record<string, unknown[]>;
    expect([agents, credentials, phoneNumbers, members].map((each) => each?.length)).toEqual([1, 2, 2, 2]);
  });

  test(
    'a backup is restored row by row, and people sign in as before',
    async () => {
      const acme = await fill(api);
      const before = await contentsOf(api.db);
      expect(Object.entries(before).filter(([, rows]) => rows.length === 0)).toEqual([]);
      const file = join(folder, 'backup');
      expect((await command('backup', file)).code).toBe(0);
      expect(statSync(file).mode & 0o777).toBe(0o600);

      const elsewhere = await anotherInstallation(api);
      expect(await saidBy(elsewhere, 'restore', file)).toMatch(/is restored: \d+ rows of 15 tables\./);
      await whileServing(elsewhere, async (server, db) => {
        expect(await contentsOf(db)).toEqual(before);
        const { rows } = await db.query(`SELECT name FROM credentials WHERE organization_id = $1`, [acme.id]);
        expect(rows).toContainEqual({ name: 'Línea "1"\u2028\n\t\\ 電話' });
        const person = new Organization(server, acme.session, acme.login);
        expect(bodyOf(await person.get<PhoneNumberPage>('/api/phone-numbers')).items).toHaveLength(2);
      });
    },
    PATIENCE_MS,
  );
});

describe('Recovery that is asked for', () => {
  // What is left would be settled in the middle of another test.
  afterEach(() => api.db.query(`DELETE FROM agents WHERE lifecycle <> 'live'`));

  test('says what is left, and ends with 1', async () => {
    const acme = await api.organization();
    const { id } = await createAgent(acme, { name: 'Stubborn' });
    await letNeedAttention(api.db, 'agents', id, 'removing');
    api.sandbox.inject({ kind: 'status', status: 503, times: Infinity });
    const { code, said } = await runCommand(api.env, 'reconcile');
    expect(code).toBe(1);
    expect(said).toMatch(/^Acme +agent +Stubborn .* 6 /m);
  });

  test('does not take what a request works on', async () => {
    const acme = await api.organization();
    const { id } = await createAgent(acme);
    const { rows } = await api.db.query(
      `UPDATE agents SET lifecycle = 'updating', attempts = 1, lease_until = now() + interval '10 seconds'
       WHERE id = $1 RETURNING lease_until, attempts`,
      [id],
    );
    await runCommand(api.env, 'reconcile');
    const after = await api.db.query('SELECT lease_until, attempts FROM agents WHERE id = $1', [id]);
    expect(after.rows).toEqual(rows);
  });
});

describe('An organisation that moves', () => {
  test(
    'is taken over with its ids, and its new people sign in with the passwords that are shown',
    async () => {
      const acme = await fill(api);
      const file = join(folder, 'acme.json');
      await saidBy(api.env, 'export-organization', acme.id, file);
      const elsewhere = await anotherInstallation(api);
      const known = [
        'create-organization',
        'There before',
        '--owner',
        acme.login.email,
        '--owner-name',
        'Olga',
      ];
      const [hers = ''] = passwordsIn(await saidBy(elsewhere, ...known));
      const said = await saidBy(elsewhere, 'import-organization', file);
      const passwords = passwordsIn(said);
      // The owner was known there.
      expect(passwords).toHaveLength(1);

      const rowsOf = async (db: Pool) => {
        const tables = ['organizations', 'agents', 'credentials', 'phone_numbers'];
        const found = tables.map((table) =>
          db.query(
            `SELECT * FROM ${table} WHERE ${table === 'organizations' ? 'id' : 'organization_id'} = $1 ORDER BY id`,
            [acme.id],
          ),
        );
        return (await Promise.all(found)).map(({ rows }) => rows as unknown[]);
      };
      const before = await rowsOf(api.db);
      const again = await runCommand(elsewhere, 'import-organization', file);
      expect([again.code, again.noted]).toEqual([1, expect.stringContaining(`${acme.id} is here already`)]);
      await whileServing(elsewhere, async (server, db) => {
        expect(await rowsOf(db)).toEqual(before);
        const owner = await signIn(server, acme.login.email, hers);
        const session = bodyOf(
          await owner.post<SessionResponse>('/api/auth/switch', { organizationId: acme.id }),
        );
        const inAcme = new Organization(server, session, acme.login);
        const [number] = bodyOf(await inAcme.get<PhoneNumberPage>('/api/phone-numbers')).items;
        const renamed = await inAcme.patch(`/api/phone-numbers/${number?.id}`, { name: 'Moved' });
        expect(renamed.status).toBe(200);
        const email = /^(\S+@\S+) +[0-9a-f]{4}-/m.exec(said)?.[1] ?? '';
        const viewer = await signIn(server, email, passwords[0] ?? '');
        expect(bodyOf(await viewer.get<MeResponse>('/api/auth/me')).organization).toMatchObject({
          id: acme.id,
          role: 'viewer',
        });
        const { items } = bodyOf(await inAcme.get<AuditPage>('/api/audit?action=organization.create'));
        expect(items).toMatchObject([
          { actor: { name: 'Operator' }, after: { phoneNumbers: 2, members: 2 } },
        ]);
      });
    },
    PATIENCE_MS,
  );

  test('is refused where it is, where one of its numbers is, and when the file was changed', async () => {
    const acme = await api.organization();
    const number = await importNumber(acme);
    const file = join(folder, 'acme.json');
    await saidBy(api.env, 'export-organization', acme.id, file);
    const exported = JSON.parse(readFileSync(file, 'utf8')) as {
      organization: object;
      phoneNumbers: object[];
    };
    const before = await contentsOf(api.db);
    const refusalOf = async (content: object) => {
      writeFileSync(file, JSON.stringify(content));
      const { code, noted } = await runCommand(api.env, 'import-organization', file);
      expect(code).toBe(1);
      expect(await contentsOf(api.db)).toEqual(before);
      return noted;
    };
    const organization = { ...exported.organization, id: '0195b3a0-0000-7000-8000-00000000000f' };
    const [its] = exported.phoneNumbers;
    const other = { ...its, id: '0195b3a0-0000-7000-8000-000000000001', vapiPhoneNumberId: 'another' };

    expect(await refusalOf(exported)).toContain('is here already');
    expect(await refusalOf({ ...exported, organization })).toContain(number.name);
    expect(await refusalOf({ ...exported, organization, phoneNumbers: [other] })).toContain(number.name);
    expect(await refusalOf({ ...exported, organization, phoneNumbers: [], surplus: 1 })).toMatch(
      /was changed: surplus/,
    );
    expect(await refusalOf({ ...exported, format: 'something' })).toMatch(/holds no organisation/);
    expect(await refusalOf({ ...exported, version: 3 })).toMatch(/another version/);
  });

  test('goes through a pipe as well', async () => {
    const acme = await api.organization();
    const { bytes } = await runCommand(api.env, 'export-organization', acme.id, '-');
    const elsewhere = await anotherInstallation(api);
    const { code, said } = await feedCommand(elsewhere, bytes, 'import-organization', '-');
    expect([code, said]).toEqual([0, expect.stringContaining('"Acme" was taken over: 1 members')]);
  });

  test('is named by its id where several have its name, and waits for what is under way', async () => {
    const [one, other] = [await api.organization('Twins'), await api.organization('Twins')];
    const file = join(folder, 'twins.json');
    const byName = await runCommand(api.env, 'export-organization', 'Twins', file);
    expect(byName.code).toBe(1);
    expect(byName.noted).toContain(one.id);
    expect(byName.noted).toContain(other.id);
    const { id } = await createAgent(one);
    await letNeedAttention(api.db, 'agents', id, 'updating');
    const unsettled = await runCommand(api.env, 'export-organization', one.id, file);
    expect([unsettled.code, unsettled.noted]).toEqual([
      1,
      expect.stringMatching(/under way or were interrupted: 1/),
    ]);
    expect(existsSync(file)).toBe(false);
    await saidBy(api.env, 'export-organization', other.id, file);
    expect((await runCommand(api.env, 'export-organization', other.id, file)).noted).toMatch(/already/);
  });
});

describe('A backup', () => {
  /** A backup of what the server has, and an empty database for it. */
  async function made() {
    const file = join(folder, 'backup');
    await saidBy(api.env, 'backup', file);
    return {
      file,
      lines: gunzipSync(readFileSync(file)).toString().split('\n'),
      elsewhere: await anotherInstallation(api),
    };
  }

  test(
    'that is not whole, or something else, is refused, and nothing is written',
    async () => {
      await fill(api);
      const { file, lines, elsewhere } = await made();
      const bytes = readFileSync(file);
      const refusalOf = async (content: Buffer | string) => {
        writeFileSync(file, content);
        const { code, noted } = await runCommand(elsewhere, 'restore', file);
        expect(code).toBe(1);
        return noted;
      };
      const packed = (changed: string[]) => gzipSync(changed.join('\n'));
      const NOT_WHOLE = /not whole.*Nothing was written/;
      expect(await refusalOf(bytes.subarray(0, -20))).toMatch(NOT_WHOLE);
      expect(await refusalOf(packed([...lines.slice(0, -2), '']))).toMatch(NOT_WHOLE);
      expect(await refusalOf(packed([...lines.slice(0, 3), ...lines.slice(4)]))).toMatch(NOT_WHOLE);
      expect(await refusalOf(packed(lines.map((line) => line.replace('Globex', 'Globox'))))).toMatch(
        NOT_WHOLE,
      );
      expect(await refusalOf(packed([...lines, lines[1] ?? '', '']))).toMatch(NOT_WHOLE);
      const NO_BACKUP = /no backup of VoxReach/;
      expect(await refusalOf('something else')).toMatch(NO_BACKUP);
      expect(await refusalOf(gzipSync('{"format":"other"}\n'))).toMatch(NO_BACKUP);
      expect(await refusalOf(gzipSync(''))).toMatch(NO_BACKUP);
      expect(await refusalOf(packed([(lines[0] ?? '').replace('"version":1', '"version":2'), '']))).toMatch(
        /in a way that this one cannot read/,
      );
      const otherMigrations = (lines[0] ?? '').replace('_initial"', '_first"');
      expect(await refusalOf(packed([otherMigrations, '']))).toMatch(/another version/);
      expect((await runCommand(elsewhere, 'restore', join(folder, 'none'))).noted).toMatch(
        /There is no file/,
      );
      // It is empty all the same.
      writeFileSync(file, bytes);
      expect(await saidBy(elsewhere, 'restore', file)).toMatch(/is restored/);
    },
    PATIENCE_MS,
  );

  test('is not put over what is there, nor under a running server', async () => {
    const { file, elsewhere } = await made();
    expect((await runCommand(api.env, 'restore', file)).noted).toMatch(
      /A server is running on this database/,
    );
    await saidBy(elsewhere, 'create-organization', 'First', '--owner', freshEmail(), '--owner-name', 'Fay');
    expect((await runCommand(elsewhere, 'restore', file)).noted).toMatch(/This database is not empty/);
    expect((await runCommand(api.env, 'backup', file)).noted).toMatch(/There is a file .* already/);
  });

  test('goes through a pipe, whole or not at all', async () => {
    const { noted, bytes } = await runCommand(api.env, 'backup', '-');
    expect(noted).toMatch(/^The backup is complete: \d+ rows/);
    const elsewhere = await anotherInstallation(api);
    const cut = await feedCommand(elsewhere, bytes.subarray(0, -20), 'restore', '-');
    expect([cut.code, cut.noted]).toEqual([1, expect.stringMatching(/not whole.*Nothing was written/)]);
    const whole = await feedCommand(elsewhere, bytes, 'restore', '-');
    expect([whole.code, whole.noted]).toEqual([0, '']);
  });

  test('with another JWT_SECRET is restored with a warning, also while the one it was made with is set', async () => {
    const { file, elsewhere } = await made();
    const JWT_SECRET = 'another-secret-of-more-than-thirty-two-characters';
    const gone = await runCommand({ ...elsewhere, JWT_SECRET }, 'restore', file);
    expect([gone.code, gone.noted]).toEqual([0, expect.stringMatching(/^JWT_SECRET is not the one/)]);
    const both = {
      ...(await anotherInstallation(api)),
      JWT_SECRET,
      JWT_SECRET_PREVIOUS: OPERATOR.jwtSecret,
    };
    const previous = await runCommand(both, 'restore', file);
    expect([previous.code, previous.noted]).toEqual([
      0,
      expect.stringMatching(/made with JWT_SECRET_PREVIOUS/),
    ]);
  });

  test('has tables that nobody has thought of, their counters, and JSON as it was written', async () => {
    const table =
      'CREATE TABLE a_newer_table (id serial PRIMARY KEY, organization_id uuid REFERENCES organizations, raw json)';
    const elsewhere = await anotherInstallation(api);
    await whileServing(elsewhere, (_server, db) => db.query(table));
    await api.db.query(table);
    try {
      await api.db.query(`INSERT INTO a_newer_table (organization_id, raw)
        SELECT id, '{"b": 1.50,\n"a": 12345678901234567890}' FROM organizations LIMIT 1`);
      await saidBy(api.env, 'backup', join(folder, 'newer'));
    } finally {
      await api.db.query('DROP TABLE a_newer_table');
    }
    await saidBy(elsewhere, 'restore', join(folder, 'newer'));
    await whileServing(elsewhere, async (_server, db) => {
      const { rows } = await db.query('INSERT INTO a_newer_table DEFAULT VALUES RETURNING id');
      expect(rows).toEqual([{ id: 2 }]);
      const written = await db.query('SELECT raw::text FROM a_newer_table WHERE id = 1');
      expect(written.rows).toEqual([{ raw: '{"b": 1.50, "a": 12345678901234567890}' }]);
    });
  });
});

if (serverUrl !== undefined) {
  describe('Moving from the embedded database to PostgreSQL', () => {
    // Its server has the embedded database; the other one is still new.
    const small = useApi({ env: { ...VAPI, DATABASE_URL: '' } });

    test(
      'loses nothing',
      async () => {
        const acme = await fill(small);
        const db = new Pool({ ...addressOf(small.env), max: 1 });
        db.on('error', () => undefined);
        const before = await contentsOf(db);
        await db.end();
        const file = join(folder, 'small');
        await saidBy(small.env, 'backup', file);
        await small.end('SIGTERM');
        const large = { ...small.env, ...small.database.env };
        await saidBy(large, 'restore', file);
        await whileServing(large, async (server, there) => {
          expect(await contentsOf(there)).toEqual(before);
          const person = new Organization(server, acme.session, acme.login);
          const [number] = bodyOf(await person.get<PhoneNumberPage>('/api/phone-numbers')).items;
          expect(
            (await person.patch(`/api/phone-numbers/${number?.id}`, { name: 'Still ours' })).status,
          ).toBe(200);
        });
        await small.launch();
      },
      PATIENCE_MS,
    );
  });
}
