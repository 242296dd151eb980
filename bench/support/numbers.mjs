/** Fills a database as organisations would in years: agents, credentials, and numbers of all carriers, by SQL. */
import pg from 'pg';

const AGENTS = 100;

const PROVIDERS = ['twilio', 'twilio', 'twilio', 'vonage', 'telnyx', 'byo-phone-number'];
const CREDENTIALS = ['twilio', 'vonage', 'telnyx', 'byo-sip-trunk'];
const PLACES = ['Berlin', 'Oslo', 'Paris', 'Lisbon', 'Austin', 'Dallas', 'Boston'];
const USES = ['Reception', 'Sales', 'Support', 'Billing', 'Clinic', 'Office'];

/** Ids that can be told from the place of a row, and grow with it as those of the application do. */
const uuid = (kind, n) => `('${kind}0000000-0000-7000-8000-' || lpad(to_hex(${n}), 12, '0'))::uuid`;
const oneOf = (values, n) => `(ARRAY['${values.join("','")}'])[1 + ${n} % ${values.length}]`;

/**
 * So many numbers in each of the organisations, the newest last. One in fifty needs attention, none is blocked.
 * What `agents` says is how many each organisation has.
 */
export const fillNumbers = (databaseUrl, organizationIds, each, agents = AGENTS) =>
  connected(databaseUrl, (client) => fill(client, organizationIds, each, agents));

async function fill(client, organizationIds, each, agents) {
  // Made anew at the end: a million rows would take it minutes one by one.
  const { rows: indexes } = await client.query(
    `SELECT pg_get_indexdef('phone_numbers_search_idx'::regclass) AS definition`,
  );
  await client.query('DROP INDEX phone_numbers_search_idx');
  const organizations = `unnest($1::uuid[]) WITH ORDINALITY AS o(id, place)`;
  await client.query(
    `INSERT INTO agents (id, organization_id, name, lifecycle)
     SELECT ${uuid('a', 'place * 1000 + n')}, id, ${oneOf(USES, 'n')} || ' agent ' || n, 'live'
     FROM ${organizations}, generate_series(0, $2::int - 1) AS n`,
    [organizationIds, agents],
  );
  await client.query(
    `INSERT INTO credentials (id, organization_id, provider, name, lifecycle)
     SELECT ${uuid('c', 'place * 10 + n')}, id, ${oneOf(CREDENTIALS, 'n')}, 'Main account', 'live'
     FROM ${organizations}, generate_series(0, ${CREDENTIALS.length - 1}) AS n`,
    [organizationIds],
  );
  await client.query(
    `INSERT INTO phone_numbers (id, organization_id, provider, number, name, status, lifecycle, agent_id, credential_id, created_at, updated_at)
     SELECT ${uuid('1', '(place - 1) * $2::bigint + n')}, id, ${oneOf(PROVIDERS, 'n')},
       -- Neighbours in time are none in number.
       '+1' || 2000000000 + (((place - 1) * $2::bigint + n) * 7919) % 7999999993,
       ${oneOf(USES, 'n')} || ' ' || ${oneOf(PLACES, 'n')} || ' ' || n,
       CASE WHEN n % 50 = 7 THEN 'needs_attention' ELSE 'active' END::phone_number_status, 'live',
       ${uuid('a', 'place * 1000 + n % $3::int')}, ${uuid('c', 'place * 10 + (ARRAY[0, 0, 0, 1, 2, 3])[1 + n % 6]')},
       now() - ($2::int - n) * interval '1 second', now()
     FROM ${organizations}, generate_series(1, $2::int) AS n`,
    [organizationIds, each, agents],
  );
  for (const { definition } of indexes) await client.query(definition);
  await client.query('VACUUM ANALYZE');
  // Else what was filled in is written to disk while the answers to it are measured.
  await client.query('CHECKPOINT');
}

/** Leaves no connection behind either way: the database is dropped next, and what went wrong would be lost in that. */
async function connected(databaseUrl, work) {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** Where a list, the newest first, goes on after so many numbers of the organisation; undefined when it has no more. */
export async function placeAfter(databaseUrl, organizationId, count) {
  const { rows } = await connected(databaseUrl, (client) =>
    client.query(
      `SELECT id, created_at FROM phone_numbers WHERE organization_id = $1
       ORDER BY created_at DESC, id DESC OFFSET $2 LIMIT 1`,
      [organizationId, count - 1],
    ),
  );
  const [row] = rows;
  return row && { id: row.id, time: row.created_at.toISOString() };
}

/** The same place as our API's cursor. */
export const cursorAt = ({ time, id }) =>
  Buffer.from(JSON.stringify(['-createdAt', time, id])).toString('base64url');

/** So many more organisations, without anybody in them. */
export async function addOrganizations(databaseUrl, count) {
  const { rows } = await connected(databaseUrl, (client) =>
    client.query(
      `INSERT INTO organizations (id, name, updated_at)
       SELECT ${uuid('0', 'n')}, 'Client ' || n, now() FROM generate_series(1, $1::int) AS n RETURNING id`,
      [count],
    ),
  );
  return rows.map(({ id }) => id);
}
