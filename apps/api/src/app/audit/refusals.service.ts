import { Injectable, Logger } from '@nestjs/common';
import type { ErrorCode } from '@voxreach/contracts';
import type { FastifyRequest } from 'fastify';
import { attemptOf, callerOf } from '../access/caller';
import type { AppError } from '../common/app-error';
import { currentOrigin, type Origin, withOrigin } from '../common/origin';
import { UUID } from '../common/uuid';
import { PrismaService } from '../prisma/prisma.service';
import { asIdentity, asJobs } from '../prisma/scope';
import { AuditService } from './audit.service';

/** Refusals that are worth an entry, whoever gets them; a sign-in that fails writes its own. */
const AUDITED: ReadonlySet<ErrorCode> = new Set([
  'FORBIDDEN',
  'STEP_UP_REQUIRED',
  'SECOND_FACTOR_SETUP_REQUIRED',
  'PROVIDER_REJECTED',
]);

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
          const { organizationId } = caller;
          if (AUDITED.has(code)) await this.write(organizationId, request, detail, request.params);
          else if (code === 'NOT_FOUND') {
            const id = await this.foreignId(organizationId, request);
            // For the operator alone: the organisation's own trail would tell a foreign id from an unknown one.
            if (id !== undefined) await this.write(null, request, detail, { id }, organizationId);
          }
        }),
      );
    } catch (error) {
      this.logger.error({ err: error, ...currentOrigin() }, 'A refusal could not be written down');
    }
  }

  private write(
    organizationId: string | null,
    request: FastifyRequest,
    reason: string,
    target: unknown,
    callerOrganizationId?: string,
  ): Promise<void> {
    const [id] = idsIn(target, ['id']);
    return this.audit.refused(organizationId, {
      action: attemptOf(request) ?? 'request.refuse',
      reason,
      target: id === undefined ? undefined : { type: 'unknown', id, name: null },
      after: {
        request: `${request.method} ${request.routeOptions.url ?? ''}`,
        ...(callerOrganizationId === undefined ? {} : { callerOrganizationId }),
      },
    });
  }

  /** The first id of the request that names something of another organisation's and nothing of this one's. */
  private async foreignId(
    organizationId: string,
    { params, body }: FastifyRequest,
  ): Promise<string | undefined> {
    const ids = [...idsIn(params, ['id']), ...idsIn(body, ['agentId', 'credentialId', 'organizationId'])];
    if (ids.length === 0) return undefined;
    const things = this.prisma.$queryRaw<Owned[]>`
      SELECT id, organization_id AS "organizationId" FROM (
        SELECT id, organization_id FROM phone_numbers
        UNION ALL SELECT id, organization_id FROM agents
        UNION ALL SELECT id, organization_id FROM credentials
        UNION ALL SELECT id, organization_id FROM api_keys
        UNION ALL SELECT id, organization_id FROM invitations
      ) AS things WHERE id = ANY(${ids}::uuid[])`;
    // Whose people they are is seen by another role.
    const people = asIdentity(
      () => this.prisma.$queryRaw<Owned[]>`
        SELECT id, organization_id AS "organizationId" FROM (
          SELECT user_id AS id, organization_id FROM memberships
          UNION ALL SELECT id, id FROM organizations
        ) AS people WHERE id = ANY(${ids}::uuid[])`,
    );
    const found = [...(await things), ...(await people)];
    const isOwn = (id: string) =>
      found.some((each) => each.id === id && each.organizationId === organizationId);
    return found.map(({ id }) => id).find((id) => !isOwn(id));
  }
}

/** Something, and whose it is. */
interface Owned {
  id: string;
  organizationId: string;
}

/** The ids among some fields of a request. */
function idsIn(values: unknown, names: readonly string[]): string[] {
  const fields = (values ?? {}) as Record<string, unknown>;
  return names
    .map((name) => fields[name])
    .filter((value): value is string => typeof value === 'string' && UUID.test(value))
    .map((id) => id.toLowerCase());
}
