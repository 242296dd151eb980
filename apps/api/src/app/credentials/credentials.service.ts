import { Injectable } from '@nestjs/common';
import {
  type CreateCredentialBody,
  type CredentialPage,
  type CredentialProviderId,
  type CredentialResponse,
  type PageQuery,
  providerOfCredential,
} from '@voxreach/contracts';
import type { Credential } from '../../generated/prisma/client';
import { AuditService } from '../audit/audit.service';
import { newestFirst } from '../common/newest-first';
import { notAdded, upstreamUnavailable } from '../common/upstream-error';
import { taggedName } from '../common/vapi-name';
import { QuotasService } from '../limits/quotas.service';
import { type Claim, ClaimLostError } from '../prisma/claim';
import { ClaimsService } from '../prisma/claims.service';
import { IS_VISIBLE } from '../prisma/lock-row';
import { PrismaService } from '../prisma/prisma.service';
import { SETTLED } from '../prisma/settled';
import { providerRejected } from '../providers/provider-rejected';
import { adapterOfCredential } from '../providers/registry';
import { type ReferableClaim, ReferablesService } from '../referables/referables.service';
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
  constructor(
    private readonly prisma: PrismaService,
    private readonly vapi: VapiCredentials,
    private readonly claims: ClaimsService,
    private readonly referables: ReferablesService,
    private readonly quotas: QuotasService,
    private readonly audit: AuditService,
  ) {}

  async list(organizationId: string, query: PageQuery): Promise<CredentialPage> {
    const { after, orderBy, take, page } = newestFirst(query);
    const found = await this.prisma.credential.findMany({
      where: { organizationId, ...IS_VISIBLE, ...after },
      orderBy,
      take,
      select: CREDENTIAL_SELECT,
    });
    const { rows, nextCursor } = page(found);
    return { items: rows.map(toCredentialResponse), nextCursor };
  }

  /** @throws AppError CONFLICT, PROVIDER_REJECTED, UPSTREAM_UNAVAILABLE */
  async create(organizationId: string, body: CreateCredentialBody): Promise<CredentialResponse> {
    const intent = await this.prisma.$transaction(async (tx) => {
      await this.quotas.refuseOneMore(tx, organizationId, 'credentials');
      return tx.credential.create({
        data: {
          organizationId,
          provider: body.provider,
          name: body.name ?? providerOfCredential(body.provider).label,
          ...this.claims.begin(),
        },
      });
    });
    const claim = this.claims.of('credentials', intent);
    try {
      await handlingSecretsOf(body.credential, () => this.register(claim, intent, body.credential));
      await this.prisma.$transaction(async (tx) => {
        claim.confirm(await tx.credential.updateMany({ where: claim.where, data: SETTLED }));
        await this.audit.record(tx, organizationId, {
          action: 'credential.create',
          target: { type: 'credential', id: intent.id, name: intent.name },
          after: { provider: intent.provider, name: intent.name },
        });
      });
    } catch (error) {
      await this.referables.undo(claim, error);
      throw error;
    }
    const row = await this.prisma.credential.findFirstOrThrow({
      where: { organizationId, id: intent.id },
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
  remove(organizationId: string, id: string): Promise<void> {
    return this.referables.remove('credentials', organizationId, id);
  }

  /**
   * Settles a credential that needs attention now. Undefined when that meant its end.
   * @throws AppError NOT_FOUND, CONFLICT when it needs no attention, UPSTREAM_UNAVAILABLE
   */
  async retry(organizationId: string, id: string): Promise<CredentialResponse | undefined> {
    await this.referables.retry('credentials', organizationId, id, (claim) => this.settle(claim));
    const where = { organizationId, id };
    const row = await this.prisma.credential.findFirst({ where, select: CREDENTIAL_SELECT });
    return row === null ? undefined : toCredentialResponse(row);
  }

  /**
   * Settles an interrupted creation or removal: both end with nothing left. A credential that a number still refers to waits for it.
   * @throws VapiError, ClaimLostError
   */
  async settle(claim: ReferableClaim): Promise<void> {
    const { organizationId, id } = claim;
    const users = await this.prisma.phoneNumber.count({ where: { organizationId, credentialId: id } });
    if (users === 0) await this.referables.discard(claim, { look: true });
  }
}
