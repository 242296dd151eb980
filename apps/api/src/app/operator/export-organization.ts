import { writeFile } from 'node:fs/promises';
import type { Prisma } from '../../generated/prisma/client';
import { UUID } from '../common/uuid';
import { asIdentity, inOrganization } from '../prisma/scope';
import type { Command } from './command';
import type { Operator } from './operator';
import { OperatorError } from './operator-error';
import {
  ORGANIZATION_FORMAT,
  ORGANIZATION_VERSION,
  type OrganizationFile,
  PLACES,
} from './organization-file';

const LEFT_OUT = new Set(Object.values(PLACES).flatMap((place) => ('stays' in place ? [place.stays] : [])));

/** To move an organisation to another installation on the same Vapi account. */
export const exportOrganization: Command = {
  summary: 'Writes what an organisation has into a file, for "import-organization" of another installation.',
  notes: [
    'The file has its members by address and role, and its agents, credentials and numbers with their ids at Vapi. It has no secrets.',
    `It leaves out ${[...LEFT_OUT].join(', ')}.`,
    'With "-" for the file it goes to standard output.',
    'Nothing is changed here. Stop using the organisation here once it is imported elsewhere: both would change the same things at Vapi.',
  ].join('\n'),
  values: ['id-or-name', 'file'],
  async run(operator, { given }) {
    const path = given['file'] ?? '';
    const id = await idOf(operator, given['id-or-name'] ?? '');
    // With sight of this organisation alone, so that nothing of another one can get in.
    const file = await inOrganization(id, () =>
      operator.prisma.$transaction((tx) => contentOf(tx, id), {
        isolationLevel: 'RepeatableRead',
        timeout: 60_000,
      }),
    );
    const { terminal } = operator;
    const { organization, members, agents, credentials, phoneNumbers } = file;
    const text = JSON.stringify(file, null, 2);
    if (path === '-') terminal.say(text);
    else await write(path, `${text}\n`);
    terminal.note(
      `"${organization.name}" is written: ${members.length} members, ${agents.length} agents, ${credentials.length} credentials, ${phoneNumbers.length} numbers.`,
    );
    return 0;
  },
};

async function idOf({ prisma }: Operator, idOrName: string): Promise<string> {
  const where = UUID.test(idOrName) ? { id: idOrName } : { name: idOrName };
  const found = await asIdentity(() =>
    prisma.organization.findMany({ where, select: { id: true }, take: 20 }),
  );
  const [first, ...others] = found.map(({ id }) => id);
  if (first === undefined) throw new OperatorError(`There is no organisation "${idOrName}".`);
  if (others.length > 0)
    throw new OperatorError(
      `Several organisations have this name. Say which by its id:\n${[first, ...others].join('\n')}`,
    );
  return first;
}

async function contentOf(tx: Prisma.TransactionClient, organizationId: string): Promise<OrganizationFile> {
  const where = { organizationId };
  const orderBy = [{ createdAt: 'asc' as const }, { id: 'asc' as const }];
  const organization = await tx.organization.findFirstOrThrow({ where: { id: organizationId } });
  const members = await tx.membership.findMany({
    where,
    orderBy: [{ createdAt: 'asc' }, { userId: 'asc' }],
    select: { role: true, createdAt: true, user: { select: { email: true, name: true } } },
  });
  const agents = await tx.agent.findMany({ where, orderBy });
  const credentials = await tx.credential.findMany({ where, orderBy });
  const phoneNumbers = await tx.phoneNumber.findMany({ where, orderBy });
  refuseUnlessSettled([...agents, ...credentials, ...phoneNumbers]);
  return {
    format: ORGANIZATION_FORMAT,
    version: ORGANIZATION_VERSION,
    exportedAt: new Date().toISOString(),
    organization: {
      id: organization.id,
      name: organization.name,
      requiresSecondFactor: organization.requiresSecondFactor,
      ...dates(organization),
    },
    members: members.map(({ role, createdAt, user: { email, name } }) => ({
      email,
      name,
      role,
      joinedAt: createdAt.toISOString(),
    })),
    agents: agents.map((row) => ({
      id: row.id,
      name: row.name,
      vapiAssistantId: atVapi(row.vapiAssistantId),
      ...dates(row),
    })),
    credentials: credentials.map((row) => ({
      id: row.id,
      name: row.name,
      provider: row.provider,
      vapiCredentialId: atVapi(row.vapiCredentialId),
      ...dates(row),
    })),
    phoneNumbers: phoneNumbers.map((row) => ({
      id: row.id,
      name: row.name,
      provider: row.provider,
      number: row.number,
      sipUri: row.sipUri,
      status: row.status,
      attention: row.attention,
      fallbackNumber: row.fallbackNumber,
      vapiPhoneNumberId: atVapi(row.vapiPhoneNumberId),
      credentialId: row.credentialId,
      agentId: row.agentId,
      version: row.version,
      ...dates(row),
    })),
  };
}

/** Of what is half done it is not known what Vapi has. */
function refuseUnlessSettled(rows: readonly { lifecycle: string }[]): void {
  const unsettled = rows.filter(({ lifecycle }) => lifecycle !== 'live').length;
  if (unsettled > 0)
    throw new OperatorError(
      `Changes of this organisation are under way or were interrupted: ${unsettled}. Try again in a minute; "attention" and "reconcile" show and settle what was interrupted.`,
    );
}

function atVapi(id: string | null): string {
  if (id === null) throw new Error('A row that is live has no counterpart at Vapi');
  return id;
}

const dates = ({ createdAt, updatedAt }: { createdAt: Date; updatedAt: Date }) => ({
  createdAt: createdAt.toISOString(),
  updatedAt: updatedAt.toISOString(),
});

/** Names and addresses of people are in it: for nobody else to read, and never over another file. */
async function write(path: string, text: string): Promise<void> {
  try {
    await writeFile(path, text, { mode: 0o600, flag: 'wx', flush: true });
  } catch (error) {
    throw (error as NodeJS.ErrnoException).code === 'EEXIST'
      ? new OperatorError(`There is a file ${path} already. Choose another name.`)
      : new OperatorError(`The file ${path} cannot be written: ${(error as Error).message}`);
  }
}
