import { Injectable, Logger } from '@nestjs/common';
import {
  type CreateCredentialBody,
  type CredentialPage,
  type CredentialProviderId,
  type CredentialResponse,
  type PageQuery,
  providerOfCredential,
} from '@voxreach/contracts';
import type { Credential } from '../../generated/prisma/client';
import { AppError, busy, inUse, notFound } from '../common/app-error';
import { newestFirst } from '../common/newest-first';
import { notAdded, removalFailed, upstreamUnavailable } from '../common/upstream-error';
import { taggedName } from '../common/vapi-name';
import { type Claim, ClaimLostError } from '../prisma/claim';
import { ClaimsService } from '../prisma/claims.service';
import { lockRow } from '../prisma/lock-row';
import { PrismaService } from '../prisma/prisma.service';
import { SETTLED } from '../prisma/settled';
import { providerRejected } from '../providers/provider-rejected';
import { adapterOfCredential } from '../providers/registry';
import { handlingSecretsOf } from '../vapi/confidential';
import { createOrFind } from '../vapi/create-or-find';
import { VapiCredentials } from '../vapi/vapi-credentials';
import { VapiError } from '../vapi/vapi.error';
import { CREDENTIAL_SELECT, toCredentialResponse } from './credential.mapper';

/** What is needed of a row to make its counterpart at Vapi. */
type CredentialIntent = Pick<Credential, 'id' | 'provider' | 'name'>;

/** Saved credentials: Vapi keeps the secrets, we keep a reference. */
@Injectable()
export class CredentialsService {
  private readonly logger = new Logger(CredentialsService.name);

  constructor(
    private readonly prisma: PrismaService,
    private readonly vapi: VapiCredentials,
    private readonly claims: ClaimsService,
  ) {}

  async list(organizationId: string, query: PageQuery): Promise<CredentialPage> {
    const { after, orderBy, take, page } = newestFirst(query);
    const found = await this.prisma.credential.findMany({
      where: { organizationId, lifecycle: { not: 'creating' }, ...after },
      orderBy,
      take,
      select: CREDENTIAL_SELECT,
    });
    const { rows, nextCursor } = page(found);
    return { items: rows.map(toCredentialResponse), nextCursor };
  }

  /** @throws AppError PROVIDER_REJECTED, UPSTREAM_UNAVAILABLE */
  async create(organizationId: string, body: CreateCredentialBody): Promise<CredentialResponse> {
    const intent = await this.prisma.credential.create({
      data: {
        organizationId,
        provider: body.provider,
        name: body.name ?? providerOfCredential(body.provider).label,
        leaseUntil: this.claims.lease(),
      },
    });
    const claim = this.claims.of('credentials', intent);
    try {
      await handlingSecretsOf(body.credential, () => this.register(claim, intent, body.credential));
      claim.confirm(await this.prisma.credential.updateMany({ where: claim.where, data: SETTLED }));
    } catch (error) {
      await this.undo(claim, error);
      throw error;
    }
    const row = await this.prisma.credential.findUniqueOrThrow({
      where: { id: intent.id },
      select: CREDENTIAL_SELECT,
    });
    return toCredentialResponse(row);
  }

  /**
   * Makes the credential at Vapi and notes its id on the row, which stays `creating`.
   * @returns Vapi's id
   * @throws AppError PROVIDER_REJECTED, UPSTREAM_UNAVAILABLE with the VapiError as its cause
   */
  async register(claim: Claim, intent: CredentialIntent, credential: object): Promise<string> {
    const adapter = adapterOfCredential(intent.provider as CredentialProviderId);
    const payload = adapter.toCredential?.(credential, taggedName(intent.name, intent.id));
    if (payload === undefined) throw new Error(`Credentials of ${intent.provider} cannot be saved`);
    await this.claims.renew(claim);
    const made = await createOrFind(
      () => this.vapi.create(payload),
      () => this.vapi.find(intent.id),
    ).catch((error: unknown) => {
      if (!(error instanceof VapiError)) throw error;
      throw error.kind === 'rejected'
        ? providerRejected(error, adapter)
        : upstreamUnavailable(error, notAdded(error));
    });
    const noted = await this.prisma.credential.updateMany({
      where: claim.where,
      data: { vapiCredentialId: made.id },
    });
    if (noted.count !== 1) {
      // Recovery has taken the row without knowing of what has just been made.
      await this.vapi.delete(made.id);
      throw new ClaimLostError();
    }
    return made.id;
  }

  /** @throws AppError NOT_FOUND, CONFLICT with the numbers that use it, PROVIDER_REJECTED, UPSTREAM_UNAVAILABLE */
  async remove(organizationId: string, id: string): Promise<void> {
    const row = await this.prisma.$transaction(async (tx) => {
      const locked = await lockRow(tx, 'credentials', organizationId, id, 'UPDATE');
      if (locked === undefined) throw notFound('credential');
      if (locked.lifecycle !== 'live') throw busy('credential');
      const usedBy = await tx.phoneNumber.findMany({
        where: { organizationId, credentialId: id },
        select: { id: true, name: true },
        orderBy: { createdAt: 'desc' },
        take: 100,
      });
      if (usedBy.length > 0) throw inUse('credential', usedBy);
      const data = { lifecycle: 'removing', leaseUntil: this.claims.lease() } as const;
      return tx.credential.update({ where: { organizationId_id: { organizationId, id } }, data });
    });
    const claim = this.claims.of('credentials', row);
    try {
      await this.discard(claim, { look: true });
    } catch (error) {
      if (!(error instanceof VapiError)) throw error;
      // Only what certainly did not happen is forgotten; recovery goes on with the rest.
      if (!error.mayHaveActed) await this.prisma.credential.updateMany({ where: claim.where, data: SETTLED });
      throw removalFailed('credential', error);
    }
  }

  /**
   * Settles an interrupted creation or removal: both end with nothing left. A credential that a number still refers to waits for it.
   * @throws VapiError, ClaimLostError
   */
  async settle(claim: Claim): Promise<void> {
    const { organizationId, id } = claim;
    const users = await this.prisma.phoneNumber.count({ where: { organizationId, credentialId: id } });
    if (users === 0) await this.discard(claim, { look: true });
  }

  /**
   * Removes the counterpart at Vapi, then the row. `look` searches Vapi for one whose id we never learned.
   * @throws VapiError when Vapi cannot be asked, ClaimLostError when somebody else does this; the row then stays
   */
  async discard(claim: Claim, { look }: { look: boolean }): Promise<void> {
    await this.claims.renew(claim);
    const row = await this.prisma.credential.findFirst({ where: claim.where });
    const vapiId = row?.vapiCredentialId ?? (look ? (await this.vapi.find(claim.id))?.id : undefined);
    if (vapiId !== undefined) {
      await this.claims.renew(claim);
      await this.vapi.delete(vapiId);
    }
    claim.confirm(await this.prisma.credential.deleteMany({ where: claim.where }));
  }

  /** Takes back a failed creation. What cannot be settled now stays on the row, for recovery. */
  private async undo(claim: Claim, error: unknown): Promise<void> {
    const facts = { credentialId: claim.id, organizationId: claim.organizationId };
    const cause = error instanceof AppError ? error.cause : undefined;
    if (error instanceof ClaimLostError || (cause instanceof VapiError && cause.mayHaveActed)) {
      this.logger.warn(
        facts,
        'The outcome of a credential is unknown; recovery will look again and take it back',
      );
      return;
    }
    try {
      // After a failure of our own, Vapi may hold more than the row says.
      await this.discard(claim, { look: !(cause instanceof VapiError) });
    } catch (failure) {
      this.logger.warn({ ...facts, err: failure }, 'A credential could not be taken back; recovery will');
    }
  }
}
