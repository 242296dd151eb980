import { Injectable, Logger } from '@nestjs/common';
import type { Credential, Prisma } from '../../generated/prisma/client';
import { AppError } from '../common/app-error';
import { leaseUntil } from '../common/lease';
import { upstreamUnavailable } from '../common/upstream-error';
import { AppConfig } from '../config/app-config';
import { CredentialsService } from '../credentials/credentials.service';
import { PrismaService } from '../prisma/prisma.service';
import { VapiPhoneNumbers } from '../vapi/vapi-phone-numbers';
import { VapiError } from '../vapi/vapi.error';
import { claimPhoneNumber } from './claim-phone-number';

/** Removes numbers: at Vapi first, so that a row never vanishes before what it stands for. */
@Injectable()
export class PhoneNumberRemovalService {
  private readonly logger = new Logger(PhoneNumberRemovalService.name);

  constructor(
    private readonly prisma: PrismaService,
    private readonly vapi: VapiPhoneNumbers,
    private readonly credentials: CredentialsService,
    private readonly config: AppConfig,
  ) {}

  /** @throws AppError NOT_FOUND, CONFLICT, PRECONDITION_FAILED, PROVIDER_REJECTED, UPSTREAM_UNAVAILABLE */
  async remove(
    organizationId: string,
    id: string,
    ifMatch: string | undefined,
    removeCredential: boolean,
  ): Promise<void> {
    await this.prisma.$transaction(async (tx) => {
      await claimPhoneNumber(tx, organizationId, id, ifMatch);
      await tx.phoneNumber.update({
        where: { id },
        data: { lifecycle: 'removing', removeCredential, leaseUntil: leaseUntil(this.config) },
      });
    });
    try {
      await this.discard(id, { look: true });
    } catch (error) {
      throw error instanceof VapiError ? await this.failed(id, error) : error;
    }
  }

  /**
   * Removes the number at Vapi, then its row, then the credential that was to go with it. `look` searches Vapi for a number whose
   * id we never learned.
   * @throws VapiError when the number could not be removed; the row then stays
   */
  async discard(id: string, { look }: { look: boolean }): Promise<void> {
    const row = await this.prisma.phoneNumber.findUnique({ where: { id } });
    if (row === null) return;
    const vapiId =
      row.vapiPhoneNumberId ?? (look ? (await this.vapi.find(id, row.createdAt))?.id : undefined);
    if (vapiId !== undefined) await this.vapi.delete(vapiId);
    const credential = await this.prisma.$transaction(async (tx) => {
      await tx.phoneNumber.deleteMany({ where: { id } });
      return row.credentialId === null
        ? undefined
        : this.releaseCredential(tx, row.credentialId, row.removeCredential);
    });
    if (credential !== undefined) await this.discardCredential(credential, look);
  }

  /** A credential that came with a failed import, or that was asked to go and serves nothing else, is marked for removal. */
  private async releaseCredential(
    tx: Prisma.TransactionClient,
    id: string,
    removeIt: boolean,
  ): Promise<Credential | undefined> {
    const [credential] = await tx.$queryRaw<{ lifecycle: string }[]>`
      SELECT lifecycle::text FROM credentials WHERE id = ${id}::uuid FOR UPDATE`;
    const goes = credential?.lifecycle === 'creating' || (removeIt && credential?.lifecycle === 'live');
    if (!goes || (await tx.phoneNumber.count({ where: { credentialId: id } })) > 0) return undefined;
    return tx.credential.update({
      where: { id },
      data: { lifecycle: 'removing', leaseUntil: leaseUntil(this.config) },
    });
  }

  /** The number is gone, so the request has succeeded; what is left of the credential, recovery removes. */
  private async discardCredential(credential: Credential, look: boolean): Promise<void> {
    try {
      await this.credentials.discard(credential, { look });
    } catch (error) {
      const facts = { credentialId: credential.id, organizationId: credential.organizationId };
      this.logger.warn({ ...facts, err: error }, 'A credential could not be removed yet; recovery will');
    }
  }

  /** A refusal leaves the number as it was; an unknown outcome leaves the removal to recovery. */
  private async failed(id: string, error: VapiError): Promise<AppError> {
    if (error.mayHaveActed) {
      return upstreamUnavailable(
        error,
        'The number is marked for removal, which will be finished as soon as possible.',
      );
    }
    await this.prisma.phoneNumber.update({
      where: { id },
      data: { lifecycle: 'live', removeCredential: false, leaseUntil: null },
    });
    return error.kind === 'rejected'
      ? new AppError('PROVIDER_REJECTED', `Vapi did not remove this number: ${error.messages.join(' ')}`, {
          cause: error,
        })
      : upstreamUnavailable(error);
  }
}
