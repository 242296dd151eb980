import type { PoolClient } from 'pg';
import { joinAs, makeApiKey, setUpSecondFactor } from './support/account';
import { type Organization, useApi } from './support/api';
import { createAgent, importNumber, IMPORTS, saveCredential } from './support/builders';
import { DATABASE_ROLES, type DatabaseRole, type Standing, standingAs } from './support/database-role';

const api = useApi();

interface Expectation {
  /** The column with the organisation; `null` where rows belong to none. `users` belong to those of which they are members. */
  organization: string | null;
  /** What each role may do, column by column where that is not all of them. What is not said is refused. */
  may: Partial<Record<DatabaseRole, string>>;
}

/** Every table. A new one has to be added here, by somebody who means it. Those that refer to others come first. */
const TABLES: Record<string, Expectation> = {
  _prisma_migrations: { organization: null, may: {} },
  audit_entries: {
    organization: 'organization_id',
    may: { tenant: 'select insert', identity: 'insert', jobs: 'insert' },
  },
  idempotency_keys: {
    organization: 'organization_id',
    may: { tenant: 'select insert update delete', jobs: 'select(status, lease_until, created_at) delete' },
  },
  api_keys: {
    organization: 'organization_id',
    may: {
      tenant:
        'select(id, organization_id, name, prefix, scopes, created_by_id, expires_at, last_used_at, created_at) insert delete',
      identity: 'select update(last_used_at)',
      jobs: 'select(id, organization_id)',
    },
  },
  invitations: {
    organization: 'organization_id',
    may: {
      tenant: 'select(id, organization_id, email, role, invited_by_id, expires_at, created_at) insert delete',
      identity: 'select update(expires_at) delete',
      jobs: 'select(id, organization_id)',
    },
  },
  phone_numbers: {
    organization: 'organization_id',
    may: {
      tenant: 'select insert update delete',
      jobs: 'select(id, organization_id, number, sip_uri, status, vapi_phone_number_id, lifecycle, lease_until, attempts, updated_at, started_by) update(lease_until, attempts)',
    },
  },
  credentials: {
    organization: 'organization_id',
    may: {
      tenant: 'select insert update delete',
      jobs: 'select(id, organization_id, lifecycle, lease_until, attempts, started_by) update(lease_until, attempts)',
    },
  },
  agents: {
    organization: 'organization_id',
    may: {
      tenant: 'select insert update delete',
      jobs: 'select(id, organization_id, lifecycle, lease_until, attempts, started_by) update(lease_until, attempts)',
    },
  },
  webhook_credentials: { organization: null, may: { jobs: 'select insert update delete' } },
  security_notices: {
    organization: null,
    may: { identity: 'select insert update(last_seen_at, seen_at) delete' },
  },
  recovery_codes: { organization: null, may: { identity: 'select insert update delete' } },
  refresh_tokens: { organization: null, may: { identity: 'select insert update delete' } },
  sessions: { organization: 'organization_id', may: { identity: 'select insert update delete' } },
  users: {
    organization: `(SELECT m.organization_id FROM memberships m WHERE m.user_id = users.id LIMIT 1)`,
    may: { tenant: 'select(id, email, name, totp_since)', identity: 'select insert update delete' },
  },
  memberships: {
    organization: 'organization_id',
    may: { tenant: 'select update(role) delete', identity: 'select insert' },
  },
  organizations: {
    organization: 'id',
    may: { tenant: 'select update(name, updated_at, requires_second_factor)', identity: 'select insert' },
  },
};

const mayAs = (table: string, role: DatabaseRole): string => TABLES[table]?.may[role] ?? '';

/** Tables for whose rows the role has this right, in whole or in part. */
const tablesWith = (role: DatabaseRole, right: string): string[] =>
  Object.keys(TABLES).filter((table) => mayAs(table, role).includes(right));

/** The part of a right that names columns, or the whole right. */
const columnsOf = (table: string, role: DatabaseRole, right: string): string[] | undefined =>
  new RegExp(`${right}\\(([^)]+)\\)`).exec(mayAs(table, role))?.[1]?.split(', ');

let acme: Organization;
let globex: Organization;

/** Something of the organisation in every table. */
async function furnished(name: string): Promise<Organization> {
  const organization = await api.organization(name);
  await joinAs(api, organization, 'member');
  await organization.post('/api/invitations', { email: `guest@${name}.example`, role: 'viewer' });
  await makeApiKey(api, organization, ['numbers:read']);
  await setUpSecondFactor(organization);
  const agent = await createAgent(organization);
  await saveCredential(organization, 'telnyx');
  await importNumber(organization, IMPORTS.vonage({ agentId: agent.id }));
  const headers = { 'idempotency-key': `${name} 1` };
  await organization.post('/api/phone-numbers', IMPORTS.twilio(), { headers });
  return organization;
}

beforeAll(async () => {
  acme = await furnished('Acme');
  globex = await furnished('Globex');
});

const asAcme = <T>(work: (client: PoolClient) => Promise<T>): Promise<T> =>
  standingAs(api.db, { role: 'tenant', organizationId: acme.id }, work);

/** The owner of the tables sees everything. */
async function countOf(table: string, organizationId?: string): Promise<number> {
  const { organization } = TABLES[table] ?? {};
  const condition = organizationId === undefined ? 'true' : `${String(organization)} = '${organizationId}'`;
  const { rows } = await api.db.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM ${table} WHERE ${condition}`,
  );
  return rows[0]?.count ?? 0;
}

/** How a statement fails; nothing else in its transaction is kept either way. */
async function refusalOf(standing: Standing, statement: string, values: unknown[] = []): Promise<string> {
  return standingAs(api.db, standing, async (client) => {
    try {
      await client.query(statement, values);
    } catch (error) {
      return `${String((error as { code?: string }).code)} ${(error as Error).message}`;
    }
    return `was carried out: ${statement}`;
  });
}

const NOT_ALLOWED = /^42501 permission denied/;
const NOT_OF_ONES_OWN = /^42501 new row violates row-level security policy/;

describe('The schema', () => {
  test('has no table that this suite does not know', async () => {
    const { rows } = await api.db.query<{ name: string }>(
      `SELECT relname AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')`,
    );
    expect(rows.map(({ name }) => name).toSorted()).toEqual(Object.keys(TABLES).toSorted());
  });

  test('guards every table row by row, unless no role of the application may touch it', async () => {
    const { rows } = await api.db.query<{ name: string }>(
      `SELECT relname AS name FROM pg_class
       WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND NOT relrowsecurity`,
    );
    expect(rows).toEqual([{ name: '_prisma_migrations' }]);
  });

  test('has nothing that would lead around its rules: no views, and no functions with the rights of their owner', async () => {
    const { rows } = await api.db.query(
      `SELECT relname AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('v', 'm', 'f')
       UNION ALL SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND prosecdef`,
    );
    expect(rows).toEqual([]);
  });

  test('knows the roles as such that cannot sign in, own nothing, and are not above the rules', async () => {
    const { rows } = await api.db.query<{ name: string }>(
      `SELECT rolname AS name FROM pg_roles
       WHERE rolname LIKE 'voxreach\\_%' AND NOT (rolcanlogin OR rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb)
         AND NOT EXISTS (SELECT FROM pg_class WHERE relowner = pg_roles.oid)
         AND NOT EXISTS (SELECT FROM pg_auth_members WHERE member = pg_roles.oid)`,
    );
    expect(rows.map(({ name }) => name).toSorted()).toEqual(
      DATABASE_ROLES.map((role) => `voxreach_${role}`).toSorted(),
    );
  });

  test.each(DATABASE_ROLES)('lets the role %s do what is said here, and nothing more', async (role) => {
    const { rows } = await api.db.query<{ table: string; right: string; columns: string[]; all: number }>(
      `SELECT c.relname AS table, p.right, array_agg(a.attname::text ORDER BY a.attnum) AS columns,
         (SELECT count(*)::int FROM pg_attribute WHERE attrelid = c.oid AND attnum > 0 AND NOT attisdropped) AS all
       FROM pg_class c
       JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
       CROSS JOIN (VALUES (1, 'select'), (2, 'insert'), (3, 'update'), (4, 'delete'), (5, 'truncate'), (6, 'references'), (7, 'trigger'))
         AS p (place, "right")
       WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
         AND CASE WHEN p.right IN ('delete', 'truncate', 'trigger') THEN has_table_privilege($1, c.oid, p.right)
           ELSE has_column_privilege($1, c.oid, a.attnum, p.right) END
       GROUP BY c.oid, c.relname, p.place, p.right ORDER BY p.place`,
      [`voxreach_${role}`],
    );
    const found: Record<string, string> = {};
    for (const { table, right, columns, all } of rows) {
      const said = columns.length === all ? right : `${right}(${columns.join(', ')})`;
      found[table] = found[table] === undefined ? said : `${found[table]} ${said}`;
    }
    const expected = Object.keys(TABLES).map((table) => [table, mayAs(table, role)]);
    expect(found).toEqual(Object.fromEntries(expected.filter(([, said]) => said !== '')));
  });
});

describe('A transaction of one organisation', () => {
  test.each(tablesWith('tenant', 'select'))(
    'sees of %s its own rows only, without any condition',
    async (table) => {
      const [own, others] = [await countOf(table, acme.id), await countOf(table, globex.id)];
      expect(own).toBeGreaterThan(0);
      expect(others).toBeGreaterThan(0);
      const seen = await asAcme((client) => client.query(`SELECT count(*)::int AS count FROM ${table}`));
      expect(seen.rows).toEqual([{ count: own }]);
      const theirs = `SELECT count(*)::int AS count FROM ${table} WHERE ${String(TABLES[table]?.organization)} = $1`;
      const reached = await asAcme((client) => client.query(theirs, [globex.id]));
      expect(reached.rows).toEqual([{ count: 0 }]);
    },
  );

  test.each(tablesWith('tenant', 'select'))(
    'sees nothing of %s when no organisation is named',
    async (table) => {
      for (const organizationId of [undefined, '']) {
        const { rows } = await standingAs(api.db, { role: 'tenant', organizationId }, (client) =>
          client.query(`SELECT count(*)::int AS count FROM ${table}`),
        );
        expect(rows).toEqual([{ count: 0 }]);
      }
      expect(await refusalOf({ role: 'tenant', organizationId: 'acme' }, `SELECT 1 FROM ${table}`)).toMatch(
        /^22P02/,
      );
    },
  );

  test.each(tablesWith('tenant', 'insert'))("puts nothing into another organisation's %s", async (table) => {
    const { rows } = await api.db.query<{ row: object }>(
      `SELECT row_to_json(t) AS row FROM ${table} t WHERE organization_id = $1 LIMIT 1`,
      [globex.id],
    );
    const copy = `INSERT INTO ${table} SELECT * FROM json_populate_record(null::${table}, $1)`;
    const standing = { role: 'tenant', organizationId: acme.id } as const;
    expect(await refusalOf(standing, copy, [JSON.stringify(rows[0]?.row)])).toMatch(NOT_OF_ONES_OWN);
    const ofNobody = JSON.stringify({ ...rows[0]?.row, organization_id: null });
    expect(await refusalOf(standing, copy, [ofNobody])).toMatch(NOT_OF_ONES_OWN);
    // The other way round, it is the standing alone that was refused.
    const theirs = { role: 'tenant', organizationId: globex.id } as const;
    expect(await refusalOf(theirs, copy, [JSON.stringify(rows[0]?.row)])).toMatch(/^23505/);
  });

  test.each(tablesWith('tenant', 'update'))(
    'changes of %s its own rows only, and moves none',
    async (table) => {
      const [column = 'organization_id'] = columnsOf(table, 'tenant', 'update') ?? [];
      const { rowCount } = await asAcme((client) =>
        client.query(`UPDATE ${table} SET ${column} = ${column}`),
      );
      expect(rowCount).toBe(await countOf(table, acme.id));
      const move = `UPDATE ${table} SET ${TABLES[table]?.organization ?? ''} = '${globex.id}'`;
      expect(await refusalOf({ role: 'tenant', organizationId: acme.id }, move)).toMatch(
        columnsOf(table, 'tenant', 'update') === undefined ? NOT_OF_ONES_OWN : NOT_ALLOWED,
      );
    },
  );

  test('deletes its own rows only, without any condition', async () => {
    const tables = tablesWith('tenant', 'delete');
    const own = await Promise.all(tables.map((table) => countOf(table, acme.id)));
    const all = await Promise.all(tables.map((table) => countOf(table)));
    await asAcme(async (client) => {
      for (const [index, table] of tables.entries())
        expect({ table, ...(await client.query(`DELETE FROM ${table}`)) }).toMatchObject({
          table,
          rowCount: own[index],
        });
      await client.query('SET LOCAL ROLE NONE');
      for (const [index, table] of tables.entries()) {
        const { rows } = await client.query(`SELECT count(*)::int AS count FROM ${table}`);
        expect({ table, rows }).toEqual({ table, rows: [{ count: (all[index] ?? 0) - (own[index] ?? 0) }] });
      }
    });
  });

  test("cannot take another organisation's rows by locking them", async () => {
    for (const table of ['phone_numbers', 'agents', 'credentials', 'memberships'])
      for (const strength of ['UPDATE', 'SHARE']) {
        const { rowCount } = await asAcme((client) =>
          client.query(`SELECT 1 FROM ${table} WHERE organization_id = $1 FOR ${strength}`, [globex.id]),
        );
        expect({ table, strength, rowCount }).toEqual({ table, strength, rowCount: 0 });
      }
  });
});

/** As each role, in whatever organisation. */
const standings = (): Standing[] => DATABASE_ROLES.map((role) => ({ role, organizationId: acme.id }));

test('What was written into the audit trail is changed and deleted by nobody', async () => {
  for (const standing of standings())
    for (const statement of [
      `UPDATE audit_entries SET outcome = 'succeeded'`,
      `UPDATE audit_entries SET reason = NULL WHERE false`,
      'DELETE FROM audit_entries',
      'TRUNCATE audit_entries',
      'SELECT 1 FROM audit_entries FOR UPDATE',
      'DROP TABLE audit_entries',
      'ALTER TABLE audit_entries DISABLE ROW LEVEL SECURITY',
    ])
      expect({ standing, statement, refusal: await refusalOf(standing, statement) }).toEqual({
        standing,
        statement,
        refusal: expect.stringMatching(/^42501 (permission denied|must be owner)/),
      });
});

test.each([
  ['users', 'password_hash'],
  ['users', 'totp_secret'],
  ['users', 'totp_last_step'],
  ['api_keys', 'key_hash'],
  ['invitations', 'token_hash'],
  ['refresh_tokens', 'token_hash'],
  ['recovery_codes', 'code_hash'],
  ['sessions', 'id'],
  ['security_notices', 'address'],
])('%s.%s is read by nobody but who looks after accounts', async (table, column) => {
  for (const statement of [
    `SELECT ${column} FROM ${table}`,
    `SELECT 1 FROM ${table} WHERE ${column} IS NOT NULL`,
    `SELECT 1 FROM ${table} ORDER BY ${column}`,
    `SELECT t FROM ${table} t`,
  ]) {
    for (const role of ['tenant', 'jobs'] as const) {
      const refusal = await refusalOf({ role, organizationId: acme.id }, statement);
      expect({ role, statement, refusal }).toEqual({
        role,
        statement,
        refusal: expect.stringMatching(NOT_ALLOWED),
      });
    }
  }
  const { rowCount } = await standingAs(api.db, { role: 'identity' }, (client) =>
    client.query(`SELECT ${column} FROM ${table}`),
  );
  expect(rowCount).toBe(await countOf(table));
});

test.each([
  'phone_numbers',
  'credentials',
  'agents',
  'idempotency_keys',
  'webhook_credentials',
  'audit_entries',
])('Who looks after accounts cannot read %s', async (table) => {
  expect(await refusalOf({ role: 'identity' }, `SELECT 1 FROM ${table}`)).toMatch(NOT_ALLOWED);
  expect(await refusalOf({ role: 'identity', organizationId: acme.id }, `SELECT 1 FROM ${table}`)).toMatch(
    NOT_ALLOWED,
  );
});

describe('A job', () => {
  test.each([
    ['phone_numbers', 'name'],
    ['phone_numbers', 'fallback_number'],
    ['phone_numbers', 'attention'],
    ['agents', 'name'],
    ['credentials', 'name'],
    ['api_keys', 'name'],
    ['invitations', 'email'],
    ['idempotency_keys', 'response'],
    ['idempotency_keys', 'organization_id'],
    ['users', 'email'],
    ['organizations', 'name'],
    ['memberships', 'role'],
    ['sessions', 'address'],
    ['audit_entries', 'actor_name'],
  ])('reads no word of what rows hold: %s.%s', async (table, column) => {
    expect(await refusalOf({ role: 'jobs' }, `SELECT ${column} FROM ${table}`)).toMatch(NOT_ALLOWED);
    expect(await refusalOf({ role: 'jobs' }, `SELECT 1 FROM ${table} WHERE ${column} IS NOT NULL`)).toMatch(
      NOT_ALLOWED,
    );
  });

  test('finds the rows of every organisation that wait for it, and takes them', async () => {
    for (const table of ['phone_numbers', 'agents', 'credentials']) {
      const { rowCount } = await standingAs(api.db, { role: 'jobs' }, (client) =>
        client.query(
          `UPDATE ${table} SET lease_until = now(), attempts = attempts + 1 RETURNING id, organization_id`,
        ),
      );
      expect(rowCount).toBe(await countOf(table));
      for (const column of ['name', 'organization_id', 'lifecycle', 'attention'])
        expect(await refusalOf({ role: 'jobs' }, `UPDATE ${table} SET ${column} = ${column}`)).toMatch(
          NOT_ALLOWED,
        );
      expect(await refusalOf({ role: 'jobs' }, `DELETE FROM ${table}`)).toMatch(NOT_ALLOWED);
    }
  });
});
