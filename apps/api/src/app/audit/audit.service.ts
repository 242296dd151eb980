import { Injectable } from '@nestjs/common';
import type { AuditAction, AuditOutcome } from '@voxreach/contracts';
import type { Prisma } from '../../generated/prisma/client';
import { currentOrigin, type Origin } from '../common/origin';
import { newId } from '../common/uuid';
import { PrismaService } from '../prisma/prisma.service';
import type { Transaction } from '../prisma/transaction';

/** What something was done to; kept by its name of then, since it may be gone when somebody reads of it. */
export interface AuditedTarget {
  type: string;
  id: string | null;
  name: string | null;
}

/** What is written down. Fields are named one by one wherever this is made: no row and no body is ever passed on whole. */
export interface AuditRecord {
  action: AuditAction;
  outcome?: AuditOutcome;
  /** Whoever runs, unless it says otherwise: who signs in is not known before. */
  actor?: Origin['actor'];
  target?: AuditedTarget | undefined;
  before?: Prisma.InputJsonObject | undefined;
  after?: Prisma.InputJsonObject | undefined;
  reason?: string | undefined;
}

/** Browsers may call themselves anything. */
const LONGEST_USER_AGENT = 300;

/** Writes down what happens, in the transaction in which it happens: no change without its entry, and no entry without its change. */
@Injectable()
export class AuditService {
  constructor(private readonly prisma: PrismaService) {}

  /** `organizationId` is null for what no organisation can be told of. */
  async record(
    tx: Transaction,
    organizationId: string | null,
    { action, outcome = 'succeeded', actor, target, before, after, reason }: AuditRecord,
  ): Promise<void> {
    const origin = currentOrigin();
    const who = actor ?? origin.actor;
    await tx.$executeRaw`
      INSERT INTO audit_entries (id, organization_id, action, outcome, actor_type, actor_id, actor_name,
        target_type, target_id, target_name, before, after, reason, address, user_agent, request_id, created_at)
      VALUES (${newId()}::uuid, ${organizationId}::uuid, ${action}, ${outcome}::audit_outcome, ${who.type}, ${who.id}::uuid, ${who.name},
        ${target?.type ?? null}, ${target?.id ?? null}::uuid, ${target?.name ?? null}, ${jsonOf(before)}::jsonb, ${jsonOf(after)}::jsonb,
        ${reason ?? null}, ${origin.address}, ${origin.userAgent?.slice(0, LONGEST_USER_AGENT) ?? null}, ${origin.requestId}, ${new Date()})`;
  }

  /** Somebody takes data away as a file. `filters` say which; what they search for is personal, so it stays out. */
  async exported(
    organizationId: string,
    action: 'phone_number.export' | 'audit.export',
    filters: object,
  ): Promise<void> {
    const named = Object.entries(filters).flatMap(([name, value]) => (value === undefined ? [] : [name]));
    await this.record(this.prisma, organizationId, { action, after: { filters: named } });
  }

  /** An attempt that came to nothing: in a transaction of its own, since there is no other. */
  async refused(organizationId: string | null, record: Omit<AuditRecord, 'outcome'>): Promise<void> {
    await this.record(this.prisma, organizationId, { ...record, outcome: 'refused' });
  }
}

const jsonOf = (fields: Prisma.InputJsonObject | undefined): string | null =>
  fields === undefined ? null : JSON.stringify(fields);

/** The fields that differ, before and after. */
export function changed<Fields extends Prisma.InputJsonObject>(
  before: Fields,
  after: Fields,
): { before: Prisma.InputJsonObject; after: Prisma.InputJsonObject } {
  const keys = Object.keys(after).filter((key) => after[key] !== undefined && after[key] !== before[key]);
  const pick = (fields: Fields) => Object.fromEntries(keys.map((key) => [key, fields[key] ?? null]));
  return { before: pick(before), after: pick(after) } as ReturnType<typeof changed>;
}
