import type { VapiSandbox } from '@voxreach/vapi-sandbox';
import type { Pool } from 'pg';

export interface NumberRow {
  id: string;
  organization_id: string;
  provider: string;
  number: string | null;
  sip_uri: string | null;
  name: string;
  status: string;
  fallback_number: string | null;
  vapi_phone_number_id: string | null;
  credential_id: string | null;
  agent_id: string | null;
  lifecycle: string;
  version: number;
}

export interface CredentialRow {
  id: string;
  organization_id: string;
  provider: string;
  name: string;
  vapi_credential_id: string | null;
  lifecycle: string;
  attention: string | null;
}

export interface AgentRow {
  id: string;
  organization_id: string;
  name: string;
  vapi_assistant_id: string | null;
  lifecycle: string;
  attention: string | null;
}

/** How often the audit trail says that something was done with an object. */
export interface AuditRow {
  organization_id: string;
  target_id: string;
  action: string;
  times: number;
}

export type Remote = ReturnType<VapiSandbox['snapshot']>;

/** What both sides hold: our rows, and Vapi's objects without those of the operator. */
export interface Held {
  numbers: NumberRow[];
  credentials: CredentialRow[];
  agents: AgentRow[];
  audit: AuditRow[];
  remote: Remote;
}

/** Everything that clients have, on both sides. */
export async function lookAtAll(db: Pool, sandbox: VapiSandbox): Promise<Held> {
  const [numbers, credentials, agents, audit] = await Promise.all([
    db.query<NumberRow>(
      `SELECT id, organization_id, provider, number, sip_uri, name, status::text, fallback_number,
        vapi_phone_number_id, credential_id, agent_id, lifecycle::text, version FROM phone_numbers ORDER BY id`,
    ),
    db.query<CredentialRow>(
      'SELECT id, organization_id, provider, name, vapi_credential_id, lifecycle::text, attention FROM credentials ORDER BY id',
    ),
    db.query<AgentRow>(
      'SELECT id, organization_id, name, vapi_assistant_id, lifecycle::text, attention FROM agents ORDER BY id',
    ),
    db.query<AuditRow>(
      `SELECT organization_id, target_id, action, count(*)::int AS times FROM audit_entries
       WHERE outcome = 'succeeded' AND target_type IN ('phone_number', 'agent') GROUP BY 1, 2, 3 ORDER BY 1, 2, 3`,
    ),
  ]);
  const { phoneNumberId, credentialId, assistantId } = sandbox.operatorIds;
  const remote = sandbox.snapshot();
  return {
    numbers: numbers.rows,
    credentials: credentials.rows,
    agents: agents.rows,
    audit: audit.rows,
    remote: {
      phoneNumbers: remote.phoneNumbers.filter(({ id }) => id !== phoneNumberId),
      credentials: remote.credentials.filter(
        ({ id, provider }) => id !== credentialId && provider !== 'webhook',
      ),
      assistants: remote.assistants.filter(({ id }) => id !== assistantId),
    },
  };
}

/**
 * The part of one organisation: its rows, what they refer to at Vapi, and whatever at Vapi has a name that begins with `mark`,
 * whether a row knows of it or not.
 */
export function partOf(all: Held, organizationId: string, mark: string): Held {
  const own = <Row extends { organization_id: string }>(rows: Row[]) =>
    rows.filter((row) => row.organization_id === organizationId);
  const [numbers, credentials, agents] = [own(all.numbers), own(all.credentials), own(all.agents)];
  const known = new Set<string | null>([
    ...numbers.map((row) => row.vapi_phone_number_id),
    ...credentials.map((row) => row.vapi_credential_id),
    ...agents.map((row) => row.vapi_assistant_id),
  ]);
  const isOurs = ({ id, name }: { id: string; name?: string }) =>
    known.has(id) || name === mark || name?.startsWith(`${mark} `) === true;
  return {
    numbers,
    credentials,
    agents,
    audit: own(all.audit),
    remote: {
      phoneNumbers: all.remote.phoneNumbers.filter(isOurs),
      credentials: all.remote.credentials.filter(isOurs),
      assistants: all.remote.assistants.filter(isOurs),
    },
  };
}

/** The same, without what a change that was set back may leave: times. */
export const comparable = ({ remote, ...rows }: Held): object => ({
  ...rows,
  remote: Object.fromEntries(
    Object.entries(remote).map(([kind, objects]) => [
      kind,
      objects
        .map((object: object) => ({ ...object, updatedAt: undefined }))
        .toSorted((a: object, b: object) => JSON.stringify(a).localeCompare(JSON.stringify(b))),
    ]),
  ),
});

/** The mark that an object at Vapi carries: the row's id in 22 characters. */
const tagOf = (id: string): string => Buffer.from(id.replaceAll('-', ''), 'hex').toString('base64url');

const hasNameOf = (name: string | undefined, row: { id: string; name: string }): boolean => {
  const tag = tagOf(row.id);
  const shown = name?.endsWith(tag) ? name.slice(0, -tag.length).trim() : undefined;
  return shown !== undefined && row.name.startsWith(shown) && (shown !== '' || row.name === '');
};

/** Everything in which the two sides do not agree, as sentences. What needs attention may be unsettled. */
export function disagreements({ numbers, credentials, agents, audit, remote }: Held): string[] {
  const found: string[] = [];
  const expect = (holds: boolean, sentence: string) => void (holds || found.push(sentence));

  for (const row of [...credentials, ...agents])
    expect(
      row.lifecycle === 'live' ? row.attention === null : row.attention !== null,
      `${row.name} (${row.id}) is still ${row.lifecycle}${row.attention === null ? '' : ' and needs attention'}`,
    );
  for (const row of numbers)
    expect(
      row.lifecycle === 'live' || row.status === 'needs_attention',
      `${row.name} (${row.id}) is still ${row.lifecycle}`,
    );

  const [credentialOf, agentOf] = [byId(credentials), byId(agents)];
  for (const row of numbers.filter(({ lifecycle }) => lifecycle === 'live')) {
    const object = remote.phoneNumbers.find(({ id }) => id === row.vapi_phone_number_id);
    if (object === undefined) {
      found.push(`number ${row.name} has no counterpart at Vapi`);
      continue;
    }
    const credential = row.credential_id === null ? undefined : credentialOf.get(row.credential_id);
    const agent = row.agent_id === null ? undefined : agentOf.get(row.agent_id);
    expect(hasNameOf(object.name, row), `number ${row.name} is named ${object.name} at Vapi`);
    expect(object.provider === row.provider, `number ${row.name} is of ${object.provider} at Vapi`);
    expect(
      row.number === null || object.number === row.number,
      `number ${row.name} is ${object.number} at Vapi and ${row.number} here`,
    );
    expect(
      object.assistantId === (agent?.vapi_assistant_id ?? undefined),
      `number ${row.name} has assistant ${object.assistantId} at Vapi and ${agent?.vapi_assistant_id} here`,
    );
    expect(
      object.credentialId === (credential?.vapi_credential_id ?? undefined),
      `number ${row.name} has credential ${object.credentialId} at Vapi and ${credential?.vapi_credential_id} here`,
    );
    expect(
      object.fallbackDestination?.['number'] === (row.fallback_number ?? undefined),
      `number ${row.name} falls back to ${JSON.stringify(object.fallbackDestination)} at Vapi and ${row.fallback_number} here`,
    );
  }
  for (const row of credentials.filter(({ lifecycle }) => lifecycle === 'live')) {
    const object = remote.credentials.find(({ id }) => id === row.vapi_credential_id);
    expect(object !== undefined, `credential ${row.name} has no counterpart at Vapi`);
    if (object !== undefined)
      expect(
        hasNameOf(object.name, row) && object.provider === row.provider,
        `credential ${row.name} is ${object.name} at Vapi`,
      );
  }
  for (const row of agents.filter(({ lifecycle }) => lifecycle === 'live')) {
    const object = remote.assistants.find(({ id }) => id === row.vapi_assistant_id);
    expect(object !== undefined, `agent ${row.name} has no counterpart at Vapi`);
    if (object !== undefined)
      expect(
        object.name === row.name && voxreachIdOf(object) === row.id,
        `agent ${row.name} is ${object.name} at Vapi`,
      );
  }

  found.push(...auditDisagreements(numbers, agents, audit));

  // What belongs to something that needs attention is not lost.
  const unsettled = [...numbers, ...credentials, ...agents].filter(({ lifecycle }) => lifecycle !== 'live');
  const known = new Set<string | null>([
    ...numbers.map((row) => row.vapi_phone_number_id),
    ...credentials.map((row) => row.vapi_credential_id),
    ...agents.map((row) => row.vapi_assistant_id),
  ]);
  for (const [kind, objects] of Object.entries(remote)) {
    for (const object of objects)
      expect(
        known.has(object.id) || unsettled.some(({ id }) => carriesMarkOf(object, id)),
        `Vapi holds ${object.name} among its ${kind}, of which no row knows`,
      );
  }
  return found;
}

/** Every change has its one entry, and every entry its change. */
function auditDisagreements(numbers: NumberRow[], agents: AgentRow[], audit: AuditRow[]): string[] {
  const timesOf = (id: string, action: string) =>
    audit.find((row) => row.target_id === id && row.action === action)?.times ?? 0;
  const expected = [
    ...numbers.flatMap(({ id, lifecycle, version }): [string, string, number][] => [
      [id, 'phone_number.import', lifecycle === 'creating' ? 0 : 1],
      [id, 'phone_number.update', version - 1],
      [id, 'phone_number.remove', 0],
    ]),
    ...agents.flatMap(({ id, lifecycle }): [string, string, number][] => [
      [id, 'agent.create', lifecycle === 'creating' ? 0 : 1],
      [id, 'agent.remove', 0],
    ]),
    ...audit
      .filter(({ action }) => action === 'phone_number.import' || action === 'agent.create')
      .filter(({ target_id: id }) => ![...numbers, ...agents].some((row) => row.id === id))
      .map(({ target_id: id, action }): [string, string, number] => [
        id,
        action === 'agent.create' ? 'agent.remove' : 'phone_number.remove',
        1,
      ]),
  ];
  return expected
    .filter(([id, action, times]) => timesOf(id, action) !== times)
    .map(
      ([id, action, times]) => `${id} has ${timesOf(id, action)} entries of ${action} instead of ${times}`,
    );
}

const byId = <Row extends { id: string }>(rows: Row[]) => new Map(rows.map((row) => [row.id, row]));

const carriesMarkOf = (object: { name?: string }, id: string): boolean =>
  object.name?.endsWith(tagOf(id)) === true || voxreachIdOf({ ...object }) === id;

const voxreachIdOf = (object: Record<string, unknown>): unknown =>
  (object['metadata'] as Record<string, unknown> | undefined)?.['voxreachId'];

/** What the operator has at Vapi beside the clients: its three objects and the installation's webhook credential. */
export function operatorsPart(sandbox: VapiSandbox): object {
  const { phoneNumbers, credentials, assistants } = sandbox.snapshot();
  const { phoneNumberId, credentialId, assistantId } = sandbox.operatorIds;
  return {
    number: phoneNumbers.find(({ id }) => id === phoneNumberId),
    credential: credentials.find(({ id }) => id === credentialId),
    assistant: assistants.find(({ id }) => id === assistantId),
    webhooks: credentials.filter(({ provider }) => provider === 'webhook'),
  };
}
