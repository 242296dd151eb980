import { Injectable } from '@nestjs/common';
import type { AuditEntryResponse, AuditPage, ListAuditQuery, PageQuery } from '@voxreach/contracts';
import type { AuditEntry } from '../../generated/prisma/client';
import { newestFirst } from '../common/newest-first';
import { PrismaService } from '../prisma/prisma.service';

type Filters = Omit<ListAuditQuery, 'limit' | 'cursor'>;

/** Reads an organisation's audit trail. */
@Injectable()
export class AuditEntriesService {
  constructor(private readonly prisma: PrismaService) {}

  /** @throws AppError VALIDATION_FAILED for a cursor that is not of this list */
  async list(organizationId: string, { limit, cursor, ...filters }: PageQuery & Filters): Promise<AuditPage> {
    const { after, orderBy, take, page } = newestFirst({
      ...(limit === undefined ? {} : { limit }),
      ...(cursor === undefined ? {} : { cursor }),
    });
    const found = await this.prisma.auditEntry.findMany({
      where: { organizationId, AND: [conditions(filters), after ?? {}] },
      orderBy,
      take,
    });
    const { rows, nextCursor } = page(found);
    return { items: rows.map(toResponse), nextCursor };
  }
}

const conditions = ({ action, outcome, actorId, targetId, from, to }: Filters) => ({
  ...(action === undefined ? {} : { action }),
  ...(outcome === undefined ? {} : { outcome }),
  ...(actorId === undefined ? {} : { actorId }),
  ...(targetId === undefined ? {} : { targetId }),
  createdAt: {
    ...(from === undefined ? {} : { gte: new Date(from) }),
    ...(to === undefined ? {} : { lt: new Date(to) }),
  },
});

function toResponse(row: AuditEntry): AuditEntryResponse {
  return {
    id: row.id,
    action: row.action as AuditEntryResponse['action'],
    outcome: row.outcome,
    actor: {
      type: row.actorType as AuditEntryResponse['actor']['type'],
      id: row.actorId,
      name: row.actorName,
    },
    target: row.targetType === null ? null : { type: row.targetType, id: row.targetId, name: row.targetName },
    before: row.before as AuditEntryResponse['before'],
    after: row.after as AuditEntryResponse['after'],
    reason: row.reason,
    address: row.address,
    userAgent: row.userAgent,
    requestId: row.requestId,
    createdAt: row.createdAt.toISOString(),
  };
}
