import type { Api, Organization } from './api';

/** What an organisation has left behind: at Vapi, and in our tables. */
export interface Footprint {
  vapi: { phoneNumbers: string[]; credentials: string[]; assistants: string[] };
  rows: Record<'phoneNumbers' | 'credentials' | 'agents' | 'members' | 'invitations' | 'apiKeys', number>;
}

/** For comparing before and after; the credential for webhooks, which stays, is left out. */
export async function footprintOf(api: Api, { id }: Organization): Promise<Footprint> {
  const { phoneNumbers, credentials, assistants } = api.sandbox.snapshot();
  const { rows } = await api.db.query<Footprint['rows']>(
    `SELECT (SELECT count(*)::int FROM phone_numbers WHERE organization_id = $1) AS "phoneNumbers",
       (SELECT count(*)::int FROM credentials WHERE organization_id = $1) AS credentials,
       (SELECT count(*)::int FROM agents WHERE organization_id = $1) AS agents,
       (SELECT count(*)::int FROM memberships WHERE organization_id = $1) AS members,
       (SELECT count(*)::int FROM invitations WHERE organization_id = $1) AS invitations,
       (SELECT count(*)::int FROM api_keys WHERE organization_id = $1) AS "apiKeys"`,
    [id],
  );
  const [counts] = rows;
  if (counts === undefined) throw new Error('The database counted nothing');
  return {
    vapi: {
      phoneNumbers: idsOf(phoneNumbers),
      credentials: idsOf(credentials.filter(({ provider }) => provider !== 'webhook')),
      assistants: idsOf(assistants),
    },
    rows: counts,
  };
}

const idsOf = (items: { id: string }[]): string[] => items.map(({ id }) => id).toSorted();
