import type { Prisma } from '../../generated/prisma/client';
import type { AuditRecord } from '../audit/audit.service';
import { notifyOwner } from '../auth/security-notices.service';
import { asIdentity } from '../prisma/scope';
import type { Command } from './command';
import { newPassword } from './new-password';
import type { Operator } from './operator';
import { OperatorError } from './operator-error';

const REASON = 'The operator of the installation did it.';

/** For people who have lost what they sign in with. */
export const resetPassword: Command = {
  summary: 'Gives a person a new random password, which is shown once, and ends all their sessions.',
  notes:
    'Make sure beforehand that the person is who they say. API keys stay good. The organisations of the person read of it in their activity.',
  values: ['email'],
  options: {
    'remove-second-factor': { about: 'Removes the authenticator app and the recovery codes as well.' },
  },
  async run(operator, { given, switches }) {
    const email = (given['email'] ?? '').trim().toLowerCase();
    const removeSecondFactor = switches.has('remove-second-factor');
    const { text, hash } = await newPassword(operator);
    const { endedSessions, hasSecondFactor } = await asIdentity(() =>
      operator.prisma.$transaction((tx) => reset(operator, tx, { email, hash, removeSecondFactor })),
    );
    const { terminal } = operator;
    terminal.say(`${email} signs in with the password ${text}`);
    terminal.say(`It is not shown again. Sessions that were ended: ${endedSessions}.`);
    if (removeSecondFactor) terminal.say('The second factor was removed.');
    else if (hasSecondFactor)
      terminal.say('The second factor is still asked for. --remove-second-factor removes it.');
    return 0;
  },
};

async function reset(
  { audit, passwords }: Operator,
  tx: Prisma.TransactionClient,
  { email, hash, removeSecondFactor }: { email: string; hash: string; removeSecondFactor: boolean },
) {
  const user = await tx.user.findFirst({
    where: { email },
    select: { id: true, name: true, totpSince: true, memberships: { select: { organizationId: true } } },
  });
  if (user === null) throw new OperatorError(`Nobody has an account with the address ${email}.`);
  const { id, name, totpSince, memberships } = user;
  const withoutSecondFactor = { totpSecret: null, totpSince: null, totpLastStep: null };
  await tx.user.updateMany({
    where: { id },
    data: {
      passwordHash: passwords.sealed(id, hash),
      updatedAt: new Date(),
      ...(removeSecondFactor ? withoutSecondFactor : {}),
    },
  });
  if (removeSecondFactor) await tx.recoveryCode.deleteMany({ where: { userId: id } });
  const { count: endedSessions } = await tx.session.deleteMany({ where: { userId: id } });

  const record: Omit<AuditRecord, 'action'> = { target: { type: 'user', id, name }, reason: REASON };
  const hasSecondFactor = totpSince !== null;
  await notifyOwner(tx, id, 'password_reset');
  if (removeSecondFactor && hasSecondFactor) await notifyOwner(tx, id, 'second_factor_removed');
  // Whoever belongs nowhere is written down for the installation alone.
  const organizationIds = memberships.length === 0 ? [null] : memberships.map((each) => each.organizationId);
  for (const organizationId of organizationIds) {
    await audit.record(tx, organizationId, { action: 'user.password', ...record, after: { endedSessions } });
    if (removeSecondFactor && hasSecondFactor)
      await audit.record(tx, organizationId, { action: 'user.second_factor_removed', ...record });
  }
  return { endedSessions, hasSecondFactor };
}
