import { Injectable, Logger } from '@nestjs/common';
import type { ErrorCode } from '@voxreach/contracts';
import type { FastifyRequest } from 'fastify';
import { attemptOf, callerOf } from '../access/caller';
import type { AppError } from '../common/app-error';
import { currentOrigin, type Origin, withOrigin } from '../common/origin';
import { UUID } from '../common/uuid';
import { PrismaService } from '../prisma/prisma.service';
import { asJobs } from '../prisma/scope';
import { AuditService } from './audit.service';

/** Refusals that are worth an entry, whoever gets them; a sign-in that fails writes its own. */
const AUDITED: ReadonlySet<ErrorCode> = new Set(['FORBIDDEN', 'STEP_UP_REQUIRED', 'PROVIDER_REJECTED']);

/** Writes down what somebody tried and was refused: 403s, what carriers refused, and what belongs to another organisation. */
@Injectable()
export class RefusalsService {
  private readonly logger = new Logger('Audit');

  constructor(
    private readonly prisma: PrismaService,
    private readonly audit: AuditService,
  ) {}

  /** Never fails: the answer to the client is settled, and does not wait for more than this entry. */
  async note({ code, detail }: AppError, request: FastifyRequest, origin: Origin): Promise<void> {
    const caller = callerOf(request);
    if (caller === undefined) return;
    try {
      await withOrigin(origin, () =>
        asJobs(async () => {
          if (AUDITED.has(code)) await this.write(caller.organizationId, request, detail);
          else if (code === 'NOT_FOUND' && (await this.isForeign(caller.organizationId, request)))
            await this.write(caller.organizationId, request, detail);
        }),
      );
    } catch (error) {
      this.logger.error({ err: error, ...currentOrigin() }, 'A refusal could not be written down');
    }
  }

  private write(organizationId: string, request: FastifyRequest, reason: string): Promise<void> {
    const [id] = idsIn(request);
    return this.audit.refused(organizationId, {
      action: attemptOf(request) ?? 'request.refuse',
      reason,
      target: id === undefined ? undefined : { type: 'unknown', id, name: null },
      after: { request: `${request.method} ${request.routeOptions.url ?? ''}` },
    });
  }

  /** An id of the request names something of another organisation. */
  private async isForeign(organizationId: string, request: FastifyRequest): Promise<boolean> {
    const ids = idsIn(request);
    if (ids.length === 0) return false;
    const [row] = await this.prisma.$queryRaw<{ isForeign: boolean }[]>`
      SELECT EXISTS (
        SELECT FROM (
          SELECT id, organization_id FROM phone_numbers
          UNION ALL SELECT id, organization_id FROM agents
          UNION ALL SELECT id, organization_id FROM credentials
          UNION ALL SELECT id, organization_id FROM api_keys
          UNION ALL SELECT id, organization_id FROM invitations
        ) AS things
        WHERE id = ANY(${ids}::uuid[]) AND organization_id <> ${organizationId}::uuid
      ) AS "isForeign"`;
    return row?.isForeign === true;
  }
}

/** The ids that a request names: in its address, and the two that a body can have. */
function idsIn({ params, body }: FastifyRequest): string[] {
  const { id } = (params ?? {}) as Record<string, unknown>;
  const { agentId, credentialId } = (body ?? {}) as Record<string, unknown>;
  return [id, agentId, credentialId].filter(
    (value): value is string => typeof value === 'string' && UUID.test(value),
  );
}
