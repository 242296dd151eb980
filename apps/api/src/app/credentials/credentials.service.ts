import { Injectable, Logger } from '@nestjs/common';
import {
  type CreateCredentialBody,
  type CredentialPage,
  type CredentialProviderId,
  type CredentialResponse,
  type PageQuery,
  providerOfCredential,
} from '@voxreach/contracts';
import { AppError, inUse, notFound } from '../common/app-error';
import { leaseUntil } from '../common/lease';
import { decodeCursor, DEFAULT_PAGE_SIZE, encodeCursor, toPage } from '../common/page';
import { upstreamUnavailable } from '../common/upstream-error';
import { taggedName } from '../common/vapi-name';
import { AppConfig } from '../config/app-config';
import { lockLiveRow } from '../prisma/lock-live-row';
import { PrismaService } from '../prisma/prisma.service';
import { providerRejected } from '../providers/provider-rejected';
import { adapterOfCredential } from '../providers/registry';
import { handlingSecretsOf } from '../vapi/confidential';
import { createOrFind } from '../vapi/create-or-find';
import { VapiCredentials } from '../vapi/vapi-credentials';
import { VapiError } from '../vapi/vapi.error';
import { CREDENTIAL_SELECT, toCredentialResponse } from './credential.mapper';

/** A row whose counterpart at Vapi is to be made or removed. */
export interface CredentialIntent {
  id: string;
  organizationId: string;
  provider: string;
  name: string;
  vapiCredentialId: string | null;
}

const SORT = '-createdAt';

/** Saved credentials: Vapi keeps the secrets, we keep a reference. */
@Injectable()
export class CredentialsService {
  private readonly logger = new Logger(CredentialsService.name);

  constructor(
    private readonly prisma: PrismaService,
    private readonly vapi: VapiCredentials,
    private readonly config: AppConfig,
  ) {}

  async list(organizationId: string, query: PageQuery): Promise<CredentialPage> {
    const limit = query.limit ?? DEFAULT_PAGE_SIZE;
    const cursor = decodeCursor(query.cursor, SORT);
    const found = await this.prisma.credential.findMany({
      where: {
        organizationId,
        lifecycle: { not: 'creating' },
        ...(cursor && {
          OR: [{ createdAt: { lt: cursor.value } }, { createdAt: cursor.value, id: { lt: cursor.id } }],
        }),
      },
      orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
      take: limit + 1,
      select: CREDENTIAL_SELECT,
    });
    const { rows, nextCursor } = toPage(found, limit, ({ createdAt, id }) =>
      encodeCursor({ sort: SORT, value: createdAt.toISOString(), id }),
    );
    return { items: rows.map(toCredentialResponse), nextCursor };
  }

  /** @throws AppError PROVIDER_REJECTED, UPSTREAM_UNAVAILABLE */
  async create(organizationId: string, body: CreateCredentialBody): Promise<CredentialResponse> {
    const intent = await this.prisma.credential.create({
      data: {
        organizationId,
        provider: body.provider,
        name: body.name ?? providerOfCredential(body.provider).label,
        leaseUntil: leaseUntil(this.config),
      },
    });
    try {
      await handlingSecretsOf(body.credential, () => this.register(intent, body.credential));
      const row = await this.prisma.credential.update({
        where: { id: intent.id },
        data: { lifecycle: 'live', leaseUntil: null },
        select: CREDENTIAL_SELECT,
      });
      return toCredentialResponse(row);
    } catch (error) {
      await this.undo(intent, error);
      throw error;
    }
  }

  /**
   * Makes the credential at Vapi and notes its id on the row, which stays `creating`.
   * @returns Vapi's id
   * @throws AppError PROVIDER_REJECTED, UPSTREAM_UNAVAILABLE with the VapiError as its cause
   */
  async register(intent: CredentialIntent, credential: object): Promise<string> {
    const adapter = adapterOfCredential(intent.provider as CredentialProviderId);
    const payload = adapter.toCredential?.(credential, taggedName(intent.name, intent.id));
    if (payload === undefined) throw new Error(`Credentials of ${intent.provider} cannot be saved`);
    try {
      const { id } = await createOrFind(
        () => this.vapi.create(payload),
        () => this.vapi.find(intent.id),
      );
      await this.prisma.credential.update({ where: { id: intent.id }, data: { vapiCredentialId: id } });
      return id;
    } catch (error) {
      if (!(error instanceof VapiError)) throw error;
      throw error.kind === 'rejected' ? providerRejected(error, adapter) : upstreamUnavailable(error);
    }
  }

  /** @throws AppError NOT_FOUND, CONFLICT with the numbers that use it, UPSTREAM_UNAVAILABLE */
  async remove(organizationId: string, id: string): Promise<void> {
    const credential = await this.prisma.$transaction(async (tx) => {
      const live = await lockLiveRow(tx, 'credentials', organizationId, id, 'UPDATE');
      if (live === undefined) throw notFound('credential');
      const usedBy = await tx.phoneNumber.findMany({
        where: { organizationId, credentialId: id },
        select: { id: true, name: true },
        orderBy: { createdAt: 'desc' },
        take: 100,
      });
      if (usedBy.length > 0) throw inUse('credential', usedBy);
      return tx.credential.update({
        where: { id },
        data: { lifecycle: 'removing', leaseUntil: leaseUntil(this.config) },
      });
    });
    try {
      await this.discard(credential, { look: true });
    } catch (error) {
      throw error instanceof VapiError ? await this.removalFailed(credential, error) : error;
    }
  }

  /**
   * Settles an interrupted creation or removal: both end with nothing left. A credential that a number still refers to waits for it.
   * @throws VapiError
   */
  async settle(id: string): Promise<void> {
    const row = await this.prisma.credential.findUnique({ where: { id } });
    const users = await this.prisma.phoneNumber.count({ where: { credentialId: id } });
    if (row !== null && users === 0) await this.discard(row, { look: true });
  }

  /** Takes back a failed creation. What cannot be settled now stays on the row, for recovery. */
  private async undo(intent: CredentialIntent, error: unknown): Promise<void> {
    const cause = error instanceof AppError ? error.cause : undefined;
    const facts = { credentialId: intent.id, organizationId: intent.organizationId };
    if (cause instanceof VapiError && cause.mayHaveActed) {
      this.logger.warn(
        facts,
        'The outcome of a credential is unknown; recovery will look again and take it back',
      );
      return;
    }
    try {
      // After a failure of our own, Vapi may hold more than the row says.
      await this.discard(intent, { look: !(cause instanceof VapiError) });
    } catch (failure) {
      this.logger.warn({ ...facts, err: failure }, 'A credential could not be taken back; recovery will');
    }
  }

  /**
   * Removes the counterpart at Vapi, then the row. `look` searches Vapi for one whose id we never learned.
   * @throws VapiError when Vapi cannot be asked; the row then stays
   */
  async discard(
    { id, organizationId, vapiCredentialId }: CredentialIntent,
    { look }: { look: boolean },
  ): Promise<void> {
    const vapiId = vapiCredentialId ?? (look ? (await this.vapi.find(id))?.id : undefined);
    if (vapiId !== undefined) await this.vapi.delete(vapiId);
    await this.prisma.credential.deleteMany({ where: { id, organizationId } });
  }

  /** A refusal leaves the credential as it was; an unknown outcome leaves the removal to recovery. */
  private async removalFailed({ id }: CredentialIntent, error: VapiError): Promise<AppError> {
    if (error.mayHaveActed) {
      return upstreamUnavailable(
        error,
        'The credential is marked for removal, which will be finished as soon as possible.',
      );
    }
    await this.prisma.credential.update({ where: { id }, data: { lifecycle: 'live', leaseUntil: null } });
    return error.kind === 'rejected'
      ? new AppError(
          'PROVIDER_REJECTED',
          `Vapi did not remove this credential: ${error.messages.join(' ')}`,
          { cause: error },
        )
      : upstreamUnavailable(error);
  }
}
