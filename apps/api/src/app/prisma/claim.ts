import { type Lifecycle, Prisma } from '../../generated/prisma/client';
import { AppError } from '../common/app-error';

/** The tables whose rows have a counterpart at Vapi. */
export type ClaimTable = 'agents' | 'credentials' | 'phone_numbers';

/** A row that somebody works on, or should. */
export type Unsettled = Exclude<Lifecycle, 'live'>;

/** After this many failures of recovery a person is asked to look; it goes on trying all the same. */
export const ATTEMPTS_BEFORE_ATTENTION = 5;

/**
 * The right to work on a row with a counterpart at Vapi: for as long as its lease lasts and nobody has taken it over. Every statement that
 * ends the work is conditional on `where`.
 */
export class Claim<Table extends ClaimTable = ClaimTable> {
  constructor(
    readonly table: Table,
    readonly organizationId: string,
    readonly id: string,
    readonly lifecycle: Unsettled,
    /** Unique among all claims of one row: each later one ends later. */
    public leaseUntil: Date,
  ) {}

  get where() {
    const { id, organizationId, lifecycle, leaseUntil } = this;
    return { id, organizationId, lifecycle, leaseUntil };
  }

  /**
   * Throws unless the statement with `where` has met the row.
   * @throws ClaimLostError
   */
  confirm({ count }: { count: number }): void {
    if (count !== 1) throw new ClaimLostError();
  }
}

/** The same condition, for statements that are written by hand. */
export const isHeldBy = ({ id, organizationId, lifecycle, leaseUntil }: Claim): Prisma.Sql => Prisma.sql`
  organization_id = ${organizationId}::uuid AND id = ${id}::uuid AND lifecycle = ${lifecycle}::lifecycle
    AND lease_until = ${leaseUntil}`;

/** Somebody else works on the row now: recovery, since this took longer than its lease. */
export class ClaimLostError extends AppError {
  constructor() {
    super(
      'UPSTREAM_UNAVAILABLE',
      'The voice platform took too long, and what was begun is being taken back. Try again in a minute.',
    );
    this.name = 'ClaimLostError';
  }
}
