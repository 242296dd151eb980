import { randomUUIDv7 } from 'node:crypto';
import type { Prisma } from '../../generated/prisma/client';
import { isUniqueViolation } from '../prisma/prisma-errors';
import { asIdentity, asOwner, inOrganization } from '../prisma/scope';
import type { Command } from './command';
import { type NewPassword, newPassword } from './new-password';
import type { Operator } from './operator';
import { OperatorError } from './operator-error';
import { type OrganizationFile, readOrganizationFile } from './organization-file';
import { tableOf } from './table';

/** The other end of `export-organization`. */
export const importOrganization: Command = {
  summary:
    'Takes over an organisation from the file that "export-organization" of another installation wrote.',
  notes: [
    'This installation must use the same Vapi account. All is taken over or nothing: not when the organisation, one of its things at Vapi, or one of its numbers is here already.',
    'With "-" for the file it is read from standard input.',
    'People who have no account here get one with a random password, which is shown once.',
    'Vapi goes on sending the events of the numbers to the PUBLIC_URL of the installation they were added in.',
  ].join('\n'),
  values: ['file'],
  mayBegin: true,
  async run(operator, { given }) {
    const file = await readOrganizationFile(given['file'] ?? '');
    const passwords = await passwordsOfNewPeople(operator, file);
    await inOrganization(file.organization.id, () =>
      operator.prisma.$transaction((tx) => takeOver(operator, tx, file, passwords), { timeout: 60_000 }),
    ).catch((error: unknown) => {
      throw isUniqueViolation(error) ? somethingIsHere() : error;
    });
    const { terminal } = operator;
    const { organization, members, agents, credentials, phoneNumbers } = file;
    terminal.say(
      `"${organization.name}" was taken over: ${members.length} members, ${agents.length} agents, ${credentials.length} credentials, ${phoneNumbers.length} numbers.`,
    );
    if (passwords.size > 0) {
      terminal.say('New accounts, with passwords that are not shown again:');
      terminal.say(
        tableOf(
          ['ADDRESS', 'PASSWORD'],
          [...passwords].map(([email, { text }]) => [email, text]),
        ),
      );
    }
    return 0;
  },
};

/** Hashing takes its time, and no transaction waits for it. */
async function passwordsOfNewPeople(
  operator: Operator,
  { members }: OrganizationFile,
): Promise<Map<string, NewPassword>> {
  const emails = members.map(({ email }) => email);
  const known = await asIdentity(() =>
    operator.prisma.user.findMany({ where: { email: { in: emails } }, select: { email: true } }),
  );
  const passwords = new Map<string, NewPassword>();
  for (const email of emails)
    if (!known.some((user) => user.email === email)) passwords.set(email, await newPassword(operator));
  return passwords;
}

/** What belongs to the organisation is written with sight of it alone: the database refuses a row of any other. */
async function takeOver(
  operator: Operator,
  tx: Prisma.TransactionClient,
  file: OrganizationFile,
  passwords: ReadonlyMap<string, NewPassword>,
): Promise<void> {
  const { organization, members, agents, credentials, phoneNumbers } = file;
  const organizationId = organization.id;
  await asOwner(tx, async () => {
    await refuseWhatIsHere(tx, file);
    await tx.organization.createMany({ data: [organization] });
    await join(operator, tx, file, passwords);
  });
  const settled = { organizationId, lifecycle: 'live' as const };
  await tx.agent.createMany({ data: agents.map((each) => ({ ...each, ...settled })) });
  await tx.credential.createMany({ data: credentials.map((each) => ({ ...each, ...settled })) });
  await tx.phoneNumber.createMany({ data: phoneNumbers.map((each) => ({ ...each, ...settled })) });
  await operator.audit.record(tx, organizationId, {
    action: 'organization.create',
    target: { type: 'organization', id: organizationId, name: organization.name },
    after: {
      members: members.length,
      agents: agents.length,
      credentials: credentials.length,
      phoneNumbers: phoneNumbers.length,
    },
    reason: `Taken over from another installation, as it was at ${file.exportedAt}.`,
  });
}

/** Who has an account here keeps it as it is. */
async function join(
  operator: Operator,
  tx: Prisma.TransactionClient,
  { organization, members }: OrganizationFile,
  passwords: ReadonlyMap<string, NewPassword>,
): Promise<void> {
  for (const { email, name, role, joinedAt } of members) {
    const password = passwords.get(email);
    const { id: userId } =
      password === undefined
        ? await tx.user.findFirstOrThrow({ where: { email }, select: { id: true } })
        : await makeUser(operator, tx, { email, name }, password);
    await tx.membership.createMany({
      data: [{ organizationId: organization.id, userId, role, createdAt: joinedAt }],
    });
  }
}

function makeUser(
  { passwords }: Operator,
  tx: Prisma.TransactionClient,
  person: { email: string; name: string },
  { hash }: NewPassword,
): Promise<{ id: string }> {
  const id = randomUUIDv7();
  const data = { id, ...person, passwordHash: passwords.sealed(id, hash) };
  return tx.user.create({ data, select: { id: true } });
}

/** In all organisations: Vapi knows no organisations, and has each number once. */
async function refuseWhatIsHere(tx: Prisma.TransactionClient, file: OrganizationFile): Promise<void> {
  const { organization, agents, credentials, phoneNumbers } = file;
  if ((await tx.organization.count({ where: { id: organization.id } })) > 0)
    throw new OperatorError(`The organisation ${organization.id} is here already. Nothing was written.`);
  const here = [
    ...(await tx.agent.findMany({
      where: { OR: [idIn(agents), { vapiAssistantId: { in: agents.map((each) => each.vapiAssistantId) } }] },
      select: { name: true },
    })),
    ...(await tx.credential.findMany({
      where: {
        OR: [
          idIn(credentials),
          { vapiCredentialId: { in: credentials.map((each) => each.vapiCredentialId) } },
        ],
      },
      select: { name: true },
    })),
    ...(await tx.phoneNumber.findMany({
      where: {
        OR: [
          idIn(phoneNumbers),
          { vapiPhoneNumberId: { in: phoneNumbers.map((each) => each.vapiPhoneNumberId) } },
          { number: { in: phoneNumbers.flatMap((each) => each.number ?? []) } },
          { sipUri: { in: phoneNumbers.flatMap((each) => each.sipUri ?? []) } },
        ],
      },
      select: { name: true },
    })),
  ];
  if (here.length > 0)
    throw new OperatorError(
      `Some of it is here already, in another organisation: ${here.map(({ name }) => `"${name}"`).join(', ')}. Nothing was written.`,
    );
}

const idIn = (rows: readonly { id: string }[]) => ({ id: { in: rows.map(({ id }) => id) } });

const somethingIsHere = () =>
  new OperatorError(
    'Something of it came to be here at this moment, or stands twice in the file. Nothing was written. Try again.',
  );
