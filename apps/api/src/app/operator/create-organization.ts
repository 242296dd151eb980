import { randomUUIDv7 } from 'node:crypto';
import { flattenErrors, RegisterBody } from '@voxreach/contracts';
import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import { asIdentity } from '../prisma/scope';
import type { Command } from './command';
import { newPassword } from './new-password';
import { UsageError } from './operator-error';

/** For installations where sign-up is closed. */
export const createOrganization: Command = {
  summary: 'Makes an organisation and its owner.',
  notes:
    'Somebody new gets a random password, which is shown once. Who has an account already keeps it, with its name and password.',
  values: ['name'],
  options: {
    owner: { value: 'email', about: 'Address of the owner.', isRequired: true },
    'owner-name': { value: 'name', about: 'Name of the owner, if that is somebody new.', isRequired: true },
  },
  mayBegin: true,
  async run(operator, { given }) {
    const { organizations, passwords, terminal } = operator;
    const password = await newPassword(operator);
    const { organizationName, name, email } = accepted({
      organizationName: given['name'],
      email: given['owner'],
      name: given['owner-name'],
      password: password.text,
    });
    const id = randomUUIDv7();
    const owner = { id, email: email.toLowerCase(), name, passwordHash: passwords.sealed(id, password.hash) };
    const { organizationId, isNewUser } = await asIdentity(() =>
      organizations.createFor(organizationName, owner),
    );
    terminal.say(`The organisation "${organizationName}" was made: ${organizationId}`);
    terminal.say(
      isNewUser
        ? `Its owner ${owner.email} signs in with the password ${password.text}\nIt is not shown again. Ask for it to be changed after the first sign-in.`
        : `Its owner is ${owner.email}, with the account and password of before.`,
    );
    return 0;
  },
};

/** By the rules of the registration. @throws UsageError */
function accepted(fields: object): RegisterBody {
  const body = plainToInstance(RegisterBody, fields);
  const [refusal] = flattenErrors(validateSync(body));
  if (refusal !== undefined)
    throw new UsageError(`${WORDS[refusal.path] ?? refusal.path}: ${refusal.message}`);
  return body;
}

const WORDS: Readonly<Record<string, string>> = {
  organizationName: '<name>',
  email: '--owner',
  name: '--owner-name',
};
