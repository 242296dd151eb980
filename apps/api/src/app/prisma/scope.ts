import { AsyncLocalStorage } from 'node:async_hooks';
import { Prisma } from '../../generated/prisma/client';
import { UUID } from '../common/uuid';
import type { Transaction } from './transaction';

/**
 * What a piece of work may see of the database, as the roles of the migration `row_level_security` have it: one organisation; accounts
 * and sessions; or which rows wait for work.
 */
type Scope = { role: 'tenant'; organizationId: string } | { role: 'identity' } | { role: 'jobs' };

const scopes = new AsyncLocalStorage<Scope>();

/**
 * Runs `work` with sight of one organisation and of nothing else, whatever its queries ask for.
 * @throws Error when the id is no UUID
 */
export function inOrganization<T>(organizationId: string, work: () => PromiseLike<T>): Promise<T> {
  // It becomes part of a statement that takes no parameters.
  if (!UUID.test(organizationId)) throw new Error('The id of an organisation is a UUID');
  return within({ role: 'tenant', organizationId }, work);
}

/** Runs `work` with sight of accounts, memberships and sessions, and of nothing that an organisation has. */
export const asIdentity = <T>(work: () => PromiseLike<T>): Promise<T> => within({ role: 'identity' }, work);

/** Runs `work` with sight of what waits for a job in any organisation, and of no word of what it holds. */
export const asJobs = <T>(work: () => PromiseLike<T>): Promise<T> => within({ role: 'jobs' }, work);

/** Lifts the scope within a transaction for one piece of work, for tables that belong to no organisation: the job engine's. */
export async function asOwner<T>(tx: Transaction, work: () => Promise<T>): Promise<T> {
  await tx.$executeRaw`SET LOCAL ROLE NONE`;
  const result = await work();
  await tx.$executeRaw`SET LOCAL ROLE ${Prisma.raw(roleOf(currentScope()))}`;
  return result;
}

/** Awaited inside: Prisma's promises begin their work only then. */
const within = <T>(scope: Scope, work: () => PromiseLike<T>): Promise<T> =>
  scopes.run(scope, async () => await work());

/**
 * Begins a transaction in the scope of whoever runs, in one message.
 * @throws Error outside of any scope: such a query has nobody to answer for it
 */
export function beginInScope(): string {
  const scope = currentScope();
  const begin = `BEGIN; SET LOCAL ROLE ${roleOf(scope)}`;
  return scope.role === 'tenant'
    ? `${begin}; SET LOCAL voxreach.organization_id = '${scope.organizationId}'`
    : begin;
}

function currentScope(): Scope {
  const scope = scopes.getStore();
  if (scope === undefined) throw new Error('A query was made outside of any scope');
  return scope;
}

const roleOf = ({ role }: Scope): string => `voxreach_${role}`;
