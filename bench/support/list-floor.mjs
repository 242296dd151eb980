/**
 * The least that a list of numbers can cost: bare Fastify, the token verified, and the same statement, named, in the same row-level-security
 * transaction in one round trip. No look at who the caller still is, no limits, no headers, no log.
 */
import fastify from 'fastify';
import jsonwebtoken from 'jsonwebtoken';
import pg from 'pg';

const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 10, pipeline: true });
const server = fastify();

const ROWS = `
  SELECT p.id, p.provider, p.number, p.sip_uri AS "sipUri", p.name, p.status::text AS status, p.attention,
    p.fallback_number AS "fallbackNumber", p.version, p.created_at AS "createdAt", p.updated_at AS "updatedAt",
    a.id AS "agentId", a.name AS "agentName",
    c.id AS "credentialId", c.name AS "credentialName", c.vapi_credential_id AS "vapiCredentialId"
  FROM phone_numbers p
  LEFT JOIN agents a ON a.organization_id = p.organization_id AND a.id = p.agent_id
  LEFT JOIN credentials c ON c.organization_id = p.organization_id AND c.id = p.credential_id
  WHERE p.organization_id = $1::uuid AND (p.lifecycle <> 'creating' OR p.status = 'needs_attention')`;
const ORDER = 'ORDER BY p.created_at DESC, p.id DESC LIMIT 26';

server.get('/api/phone-numbers', async (request) => {
  const { org: organizationId } = jsonwebtoken.verify(
    request.headers.authorization.slice(7),
    process.env.JWT_SECRET,
    {
      algorithms: ['HS256'],
    },
  );
  const { after } = request.query;
  const [time, id] = after?.split('/') ?? [];
  const statement =
    after === undefined
      ? { name: 'first', text: `${ROWS} ${ORDER}`, values: [organizationId] }
      : {
          name: 'deep',
          text: `${ROWS} AND (p.created_at, p.id) < ($2::timestamptz, $3::uuid) ${ORDER}`,
          values: [organizationId, time, id],
        };
  const client = await pool.connect();
  try {
    const [, { rows }] = await Promise.all([
      client.query(
        `BEGIN; SET LOCAL ROLE voxreach_tenant; SET LOCAL voxreach.organization_id = '${organizationId}'`,
      ),
      client.query(statement),
      client.query('COMMIT'),
    ]);
    return { items: rows.slice(0, 25), nextCursor: rows.length > 25 ? 'more' : null };
  } finally {
    client.release();
  }
});

await server.listen({ port: 0, host: '127.0.0.1' });
console.log(`http://localhost:${server.server.address().port}`);
