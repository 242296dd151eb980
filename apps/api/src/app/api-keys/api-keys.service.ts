import { Injectable } from '@nestjs/common';
import type {
  ApiKeyList,
  ApiKeyResponse,
  ApiKeyScope,
  CreateApiKeyBody,
  NewApiKeyResponse,
} from '@voxreach/contracts';
import { Prisma } from '../../generated/prisma/client';
import type { ApiKeyCaller, UserCaller } from '../access/caller';
import { AuditService } from '../audit/audit.service';
import { AppError, notFound } from '../common/app-error';
import { validationFailed } from '../common/dto.pipe';
import { hashOfToken } from '../common/random-token';
import { lockOrganization } from '../prisma/lock-organization';
import { PrismaService } from '../prisma/prisma.service';
import { asIdentity } from '../prisma/scope';
import { newApiKey, shownPart } from './api-key-token';

/** Keys that one organisation can have. */
const MOST_KEYS = 100;

/** `lastUsedAt` is exact to this, in milliseconds: not every request is worth a write. */
const LAST_USED_PRECISION_MS = 60_000;

/** What is read of a key: never its hash, which the application's role cannot even see. */
const SELECT = {
  id: true,
  name: true,
  prefix: true,
  scopes: true,
  createdAt: true,
  expiresAt: true,
  lastUsedAt: true,
  createdBy: { select: { name: true } },
} as const;

interface ApiKeyRow {
  id: string;
  name: string;
  prefix: string;
  scopes: string[];
  createdAt: Date;
  expiresAt: Date | null;
  lastUsedAt: Date | null;
  createdBy: { name: string } | null;
}

/** What is read of the key of a request. */
interface KnownKey extends Omit<ApiKeyCaller, 'type'> {
  expiresAt: Date | null;
  lastUsedAt: Date | null;
}

/** Keys by which an organisation's programs use the API. Kept as hashes, shown once. */
@Injectable()
export class ApiKeysService {
  constructor(
    private readonly prisma: PrismaService,
    private readonly audit: AuditService,
  ) {}

  async list(organizationId: string): Promise<ApiKeyList> {
    const rows = await this.prisma.apiKey.findMany({
      where: { organizationId },
      orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
      take: MOST_KEYS,
      select: SELECT,
    });
    return { items: rows.map(toResponse) };
  }

  /** @throws AppError VALIDATION_FAILED for a time that has passed, CONFLICT when there are too many */
  async create(
    { organizationId, id: createdById }: UserCaller,
    { name, scopes, expiresAt }: CreateApiKeyBody,
  ): Promise<NewApiKeyResponse> {
    if (expiresAt !== undefined && !isToCome(new Date(expiresAt))) {
      throw validationFailed([{ path: 'expiresAt', message: 'Choose a time that has not passed yet.' }]);
    }
    const key = newApiKey();
    return this.prisma.$transaction(async (tx) => {
      await lockOrganization(tx, organizationId);
      if ((await tx.apiKey.count({ where: { organizationId } })) >= MOST_KEYS) {
        throw new AppError('CONFLICT', `An organisation can have ${MOST_KEYS} API keys. Revoke one first.`);
      }
      const row = await tx.apiKey.create({
        data: {
          organizationId,
          name,
          prefix: shownPart(key),
          keyHash: hashOfToken(key),
          scopes,
          createdById,
          expiresAt: expiresAt === undefined ? null : new Date(expiresAt),
        },
        select: SELECT,
      });
      await this.audit.record(tx, organizationId, {
        action: 'api_key.create',
        target: targetOf(row),
        after: { scopes, expiresAt: row.expiresAt?.toISOString() ?? null },
      });
      return { ...toResponse(row), key };
    });
  }

  /** Counts at once. @throws AppError NOT_FOUND */
  async revoke(organizationId: string, id: string): Promise<void> {
    await this.prisma.$transaction(async (tx) => {
      const row = await tx.apiKey.findFirst({ where: { organizationId, id }, select: SELECT });
      const { count } = await tx.apiKey.deleteMany({ where: { organizationId, id } });
      if (row === null || count === 0) throw notFound('API key');
      await this.audit.record(tx, organizationId, {
        action: 'api_key.revoke',
        target: targetOf(row),
        before: { scopes: row.scopes },
      });
    });
  }

  /** Who calls with a key. @throws AppError UNAUTHENTICATED for one that is unknown, revoked or has expired */
  async callerOf(key: string): Promise<ApiKeyCaller> {
    return asIdentity(async () => {
      const [row] = await this.prisma.read<KnownKey>(Prisma.sql`
        SELECT id, name, organization_id AS "organizationId", scopes, expires_at AS "expiresAt", last_used_at AS "lastUsedAt"
        FROM api_keys WHERE key_hash = ${hashOfToken(key)}`);
      const now = new Date();
      if (row === undefined || (row.expiresAt !== null && row.expiresAt <= now)) {
        throw new AppError('UNAUTHENTICATED', 'This API key is unknown, was revoked, or has expired.');
      }
      if (row.lastUsedAt === null || now.getTime() - row.lastUsedAt.getTime() > LAST_USED_PRECISION_MS) {
        await this.prisma.apiKey.updateMany({ where: { id: row.id }, data: { lastUsedAt: now } });
      }
      const { id, name, organizationId, scopes } = row;
      return { type: 'api_key', id, name, organizationId, scopes };
    });
  }
}

/** An offset can carry a time into the year 10000, which the database does not read as JavaScript writes it. */
const isToCome = (time: Date): boolean => time > new Date() && time.getUTCFullYear() < 10_000;

const targetOf = ({ id, name }: Pick<ApiKeyRow, 'id' | 'name'>) => ({ type: 'api_key', id, name });

const toResponse = ({
  createdBy,
  scopes,
  createdAt,
  expiresAt,
  lastUsedAt,
  ...row
}: ApiKeyRow): ApiKeyResponse => ({
  ...row,
  scopes: scopes as ApiKeyScope[],
  createdBy: createdBy?.name ?? null,
  createdAt: createdAt.toISOString(),
  expiresAt: expiresAt?.toISOString() ?? null,
  lastUsedAt: lastUsedAt?.toISOString() ?? null,
});
