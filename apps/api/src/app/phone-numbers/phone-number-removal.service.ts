import { Injectable, Logger } from '@nestjs/common';
import type { Prisma } from '../../generated/prisma/client';
import { AuditService } from '../audit/audit.service';
import { removalFailed } from '../common/upstream-error';
import { EventsService } from '../events/events.service';
import type { Claim } from '../prisma/claim';
import { ClaimsService } from '../prisma/claims.service';
import { PrismaService } from '../prisma/prisma.service';
import { SETTLED } from '../prisma/settled';
import { type ReferableClaim, ReferablesService } from '../referables/referables.service';
import { VapiPhoneNumbers } from '../vapi/vapi-phone-numbers';
import { VapiError } from '../vapi/vapi.error';
import { auditedFields, auditedNumber } from './audited-number';
import { lockPhoneNumber } from './lock-phone-number';

/** Removes numbers: at Vapi first, so that a row never vanishes before what it stands for. */
@Injectable()
export class PhoneNumberRemovalService {
  private readonly logger = new Logger(PhoneNumberRemovalService.name);

  constructor(
    private readonly prisma: PrismaService,
    private readonly vapi: VapiPhoneNumbers,
    private readonly referables: ReferablesService,
    private readonly claims: ClaimsService,
    private readonly audit: AuditService,
    private readonly events: EventsService,
  ) {}

  /** @throws AppError NOT_FOUND, CONFLICT, PRECONDITION_FAILED, PROVIDER_REJECTED, UPSTREAM_UNAVAILABLE */
  async remove(
    organizationId: string,
    id: string,
    ifMatch: string | undefined,
    removeCredential: boolean,
  ): Promise<void> {
    const { claim, wasLive } = await this.prisma.$transaction(async (tx) => {
      const locked = await lockPhoneNumber(tx, organizationId, id, ifMatch);
      const data = { lifecycle: 'removing', removeCredential, ...this.claims.begin() } as const;
      const row = await tx.phoneNumber.update({ where: { id, organizationId }, data });
      return { claim: this.claims.of('phone_numbers', row), wasLive: locked.lifecycle === 'live' };
    });
    try {
      await this.discard(claim, { look: true });
    } catch (error) {
      if (!(error instanceof VapiError)) throw error;
      // Only what certainly did not happen, to a number that was whole, is forgotten; recovery goes on with the rest.
      if (wasLive && !error.mayHaveActed) {
        const data = { ...SETTLED, removeCredential: false };
        await this.prisma.phoneNumber.updateMany({ where: claim.where, data });
      }
      throw removalFailed('number', wasLive ? error : error.afterEffect());
    }
  }

  /**
   * Removes the number at Vapi, then its row, then the credential that was to go with it. `look` searches Vapi for a number whose
   * id we never learned.
   * @throws VapiError when the number could not be removed, ClaimLostError when somebody else does this; the row then stays
   */
  async discard(claim: Claim, { look }: { look: boolean }): Promise<void> {
    await this.claims.renew(claim);
    const row = await this.prisma.phoneNumber.findFirst({ where: claim.where });
    if (row === null) return;
    const vapiId =
      row.vapiPhoneNumberId ?? (look ? (await this.vapi.find(row.id, row.createdAt))?.id : undefined);
    if (vapiId !== undefined) {
      await this.claims.renew(claim);
      await this.vapi.delete(vapiId);
    }
    const credential = await this.prisma.$transaction(async (tx) => {
      claim.confirm(await tx.phoneNumber.deleteMany({ where: claim.where }));
      // One that is taken back was never there for anybody, unless it had to be shown.
      if (claim.lifecycle === 'removing' || row.attention !== null) {
        await this.audit.record(tx, row.organizationId, {
          action: 'phone_number.remove',
          target: auditedNumber(row),
          before: auditedFields(row),
        });
      }
      if (row.credentialId === null) return undefined;
      return this.releaseCredential(tx, row.organizationId, row.credentialId, row.removeCredential);
    });
    this.events.publish(claim.organizationId, { type: 'phone_number', id: claim.id });
    if (credential !== undefined) await this.discardCredential(credential, look);
  }

  /** A credential that came with a failed import, or that was asked to go and serves nothing else, is marked for removal. */
  private async releaseCredential(
    tx: Prisma.TransactionClient,
    organizationId: string,
    id: string,
    removeIt: boolean,
  ): Promise<ReferableClaim | undefined> {
    const [credential] = await tx.$queryRaw<{ lifecycle: string }[]>`
      SELECT lifecycle::text AS lifecycle FROM credentials
      WHERE organization_id = ${organizationId}::uuid AND id = ${id}::uuid FOR UPDATE`;
    const goes = credential?.lifecycle === 'creating' || (removeIt && credential?.lifecycle === 'live');
    if (!goes || (await tx.phoneNumber.count({ where: { organizationId, credentialId: id } })) > 0)
      return undefined;
    // One that never became live ends as it began: nothing is removed that anybody had.
    const lifecycle = credential.lifecycle === 'creating' ? 'creating' : 'removing';
    const data = { lifecycle, ...this.claims.begin() } as const;
    return this.claims.of('credentials', await tx.credential.update({ where: { id, organizationId }, data }));
  }

  /** The number is gone, so the request has succeeded; what is left of the credential, recovery removes. */
  private async discardCredential(claim: ReferableClaim, look: boolean): Promise<void> {
    try {
      await this.referables.discard(claim, { look });
    } catch (error) {
      const facts = { credentialId: claim.id, organizationId: claim.organizationId };
      this.logger.warn({ ...facts, err: error }, 'A credential could not be removed yet; recovery will');
    }
  }
}
