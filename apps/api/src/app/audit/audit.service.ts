import { Injectable } from '@nestjs/common';
import type { AuditAction, AuditOutcome } from '@voxreach/contracts';
import { Prisma } from '../../generated/prisma/client';
import { currentOrigin, type Origin } from '../common/origin';
import { PrismaService } from '../prisma/prisma.service';

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
    tx: Prisma.TransactionClient,
    organizationId: string | null,
    { action, outcome = 'succeeded', actor, target, before, after, reason = undefined }: AuditRecord,
  ): Promise<void> {
    const origin = currentOrigin();
    const who = actor ?? origin.actor;
    await tx.auditEntry.createMany({
      data: [
        {
          organizationId,
          action,
          outcome,
          actorType: who.type,
          actorId: who.id,
          actorName: who.name,
          targetType: target?.type ?? null,
          targetId: target?.id ?? null,
          targetName: target?.name ?? null,
          before: before ?? Prisma.DbNull,
          after: after ?? Prisma.DbNull,
          reason: reason ?? null,
          address: origin.address,
          userAgent: origin.userAgent?.slice(0, LONGEST_USER_AGENT) ?? null,
          requestId: origin.requestId,
        },
      ],
    });
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

/** The fields that differ, before and after. */
export function changed<Fields extends Prisma.InputJsonObject>(
  before: Fields,
  after: Fields,
): { before: Prisma.InputJsonObject; after: Prisma.InputJsonObject } {
  const keys = Object.keys(after).filter((key) => after[key] !== undefined && after[key] !== before[key]);
  const pick = (fields: Fields) => Object.fromEntries(keys.map((key) => [key, fields[key] ?? null]));
  return { before: pick(before), after: pick(after) } as ReturnType<typeof changed>;
}
