import { Injectable, Logger } from '@nestjs/common';
import type { ProviderId, UpdatePhoneNumberBody } from '@voxreach/contracts';
import { AppError } from '../common/app-error';
import { leaseUntil } from '../common/lease';
import { upstreamUnavailable } from '../common/upstream-error';
import { taggedName } from '../common/vapi-name';
import { AppConfig } from '../config/app-config';
import { lockLiveRow } from '../prisma/lock-live-row';
import { PrismaService } from '../prisma/prisma.service';
import { providerRejected } from '../providers/provider-rejected';
import { adapterOf } from '../providers/registry';
import { VapiPhoneNumbers } from '../vapi/vapi-phone-numbers';
import { VapiError } from '../vapi/vapi.error';
import type { UpdatePhoneNumberPayload } from '../vapi/vapi.payloads';
import type { VapiPhoneNumber } from '../vapi/vapi.responses';
import { type ClaimedPhoneNumber, claimPhoneNumber } from './claim-phone-number';

/** A change that has begun: the row as it was, and the assistant it is to get. */
interface UpdateIntent {
  row: ClaimedPhoneNumber & { vapiPhoneNumberId: string };
  vapiAssistantId: string | null | undefined;
}

/** Changes a number at Vapi and here: afterwards both agree, or the old state stands. */
@Injectable()
export class PhoneNumberUpdateService {
  private readonly logger = new Logger(PhoneNumberUpdateService.name);

  constructor(
    private readonly prisma: PrismaService,
    private readonly vapi: VapiPhoneNumbers,
    private readonly config: AppConfig,
  ) {}

  /** @throws AppError NOT_FOUND, CONFLICT, PRECONDITION_FAILED, PROVIDER_REJECTED, UPSTREAM_UNAVAILABLE */
  async update(
    organizationId: string,
    id: string,
    body: UpdatePhoneNumberBody,
    ifMatch: string | undefined,
  ): Promise<void> {
    const intent = await this.begin(organizationId, id, body, ifMatch);
    if (intent === undefined) return;
    try {
      await this.changeAtVapi(intent, body);
    } catch (error) {
      throw error instanceof VapiError ? await this.failed(intent, error) : error;
    }
    await this.prisma.phoneNumber.update({
      where: { id },
      data: {
        name: body.name,
        agentId: body.agentId,
        fallbackNumber: body.fallbackNumber,
        lifecycle: 'live',
        leaseUntil: null,
        version: { increment: 1 },
        updatedAt: new Date(),
      },
    });
  }

  /**
   * Makes Vapi say what the row says, after a change that was interrupted.
   * @throws VapiError
   */
  async restore(id: string): Promise<void> {
    const row = await this.prisma.phoneNumber.findUnique({ where: { id }, include: { agent: true } });
    if (row?.vapiPhoneNumberId == null) return;
    await this.vapi.update(row.vapiPhoneNumberId, {
      provider: row.provider as ProviderId,
      name: taggedName(row.name, row.id),
      assistantId: row.agent?.vapiAssistantId ?? null,
      fallbackDestination:
        row.fallbackNumber === null ? null : { type: 'number', number: row.fallbackNumber },
    });
    await this.prisma.phoneNumber.updateMany({
      where: { id, lifecycle: 'updating' },
      data: { lifecycle: 'live', leaseUntil: null, attempts: 0 },
    });
  }

  /** Undefined when there is nothing to change. */
  private async begin(
    organizationId: string,
    id: string,
    body: UpdatePhoneNumberBody,
    ifMatch: string | undefined,
  ): Promise<UpdateIntent | undefined> {
    return this.prisma.$transaction(async (tx) => {
      const { vapiPhoneNumberId, ...row } = await claimPhoneNumber(tx, organizationId, id, ifMatch);
      if (Object.values(body).every((value) => value === undefined)) return undefined;
      if (vapiPhoneNumberId === null || row.lifecycle !== 'live') {
        throw new AppError(
          'CONFLICT',
          'This number needs attention first. Try again to settle it, or remove it.',
        );
      }
      const agent = body.agentId
        ? await lockLiveRow(tx, 'agents', organizationId, body.agentId, 'SHARE')
        : null;
      if (agent === undefined) {
        const message = 'There is no such agent in your organisation.';
        throw new AppError('NOT_FOUND', message, { errors: [{ path: 'agentId', message }] });
      }
      await tx.phoneNumber.update({
        where: { id },
        data: { lifecycle: 'updating', leaseUntil: leaseUntil(this.config) },
      });
      return {
        row: { ...row, vapiPhoneNumberId },
        vapiAssistantId: body.agentId === undefined ? undefined : (agent?.vapiId ?? null),
      };
    });
  }

  private async changeAtVapi(
    { row, vapiAssistantId }: UpdateIntent,
    body: UpdatePhoneNumberBody,
  ): Promise<void> {
    const { fallbackNumber } = body;
    const payload: UpdatePhoneNumberPayload = {
      provider: row.provider as ProviderId,
      name: body.name === undefined ? undefined : taggedName(body.name, row.id),
      assistantId: vapiAssistantId,
      fallbackDestination:
        fallbackNumber == null ? fallbackNumber : { type: 'number', number: fallbackNumber },
    };
    await this.vapi.update(row.vapiPhoneNumberId, payload);
    // Vapi does not promise that null clears.
    if (payload.assistantId !== null && payload.fallbackDestination !== null) return;
    const remote = await this.vapi.get(row.vapiPhoneNumberId).catch((error: unknown) => {
      throw error instanceof VapiError ? error.afterEffect() : error;
    });
    if (isCleared(payload, remote)) return;
    throw new VapiError({
      kind: 'malformed',
      operation: 'PATCH /phone-number/:id',
      messages: ['null was not taken'],
      mayHaveActed: true,
    });
  }

  /** A refusal leaves everything as it was; otherwise Vapi is set back to what the row says, now or by recovery. */
  private async failed({ row }: UpdateIntent, error: VapiError): Promise<AppError> {
    if (!error.mayHaveActed) {
      await this.prisma.phoneNumber.update({
        where: { id: row.id },
        data: { lifecycle: 'live', leaseUntil: null },
      });
    } else if (error.kind !== 'timeout' && error.kind !== 'network') {
      await this.restore(row.id).catch((failure: unknown) =>
        this.logger.warn(
          { err: failure, phoneNumberId: row.id },
          'A failed change could not be set back; recovery will',
        ),
      );
    }
    return error.kind === 'rejected'
      ? providerRejected(error, adapterOf(row.provider as ProviderId))
      : upstreamUnavailable(error, 'The number keeps its settings.');
  }
}

const isCleared = (sent: UpdatePhoneNumberPayload, remote: VapiPhoneNumber): boolean =>
  (sent.assistantId !== null || remote.assistantId === undefined) &&
  (sent.fallbackDestination !== null || remote.fallbackNumber === undefined);
