import { Injectable, Logger } from '@nestjs/common';
import type { ProviderId, UpdatePhoneNumberBody } from '@voxreach/contracts';
import type { PhoneNumber } from '../../generated/prisma/client';
import { AuditService, changed } from '../audit/audit.service';
import { AppError, needsAttention } from '../common/app-error';
import { upstreamUnavailable } from '../common/upstream-error';
import { taggedName } from '../common/vapi-name';
import { EventsService } from '../events/events.service';
import type { Claim } from '../prisma/claim';
import { ClaimsService } from '../prisma/claims.service';
import { lockToRefer } from '../prisma/lock-row';
import { PrismaService } from '../prisma/prisma.service';
import { SETTLED } from '../prisma/settled';
import { providerRejected } from '../providers/provider-rejected';
import { adapterOf } from '../providers/registry';
import { VapiPhoneNumbers } from '../vapi/vapi-phone-numbers';
import { VapiError } from '../vapi/vapi.error';
import type { UpdatePhoneNumberPayload } from '../vapi/vapi.payloads';
import type { VapiPhoneNumber } from '../vapi/vapi.responses';
import { auditedNumber } from './audited-number';
import { lockPhoneNumber } from './lock-phone-number';

/** A change that has begun. */
interface UpdateIntent {
  claim: Claim;
  /** As it was; an update changes nothing of it before Vapi has. */
  before: PhoneNumber;
  provider: ProviderId;
  vapiPhoneNumberId: string;
  /** The assistant that the number is to get; null for none, undefined to keep what it has. */
  vapiAssistantId: string | null | undefined;
}

/** Changes a number at Vapi and here: afterwards both agree, or the old state stands. */
@Injectable()
export class PhoneNumberUpdateService {
  private readonly logger = new Logger(PhoneNumberUpdateService.name);

  constructor(
    private readonly prisma: PrismaService,
    private readonly vapi: VapiPhoneNumbers,
    private readonly claims: ClaimsService,
    private readonly audit: AuditService,
    private readonly events: EventsService,
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
    const data = {
      ...SETTLED,
      name: body.name,
      agentId: body.agentId,
      pendingAgentId: null,
      fallbackNumber: body.fallbackNumber,
      version: { increment: 1 },
      updatedAt: new Date(),
    };
    await this.prisma.$transaction(async (tx) => {
      intent.claim.confirm(await tx.phoneNumber.updateMany({ where: intent.claim.where, data }));
      await this.audit.record(tx, organizationId, {
        action: 'phone_number.update',
        target: auditedNumber({ id, name: body.name ?? intent.before.name }),
        ...changed(auditedSettings(intent.before), auditedSettings(body)),
      });
    });
    this.events.publish(organizationId, { type: 'phone_number', id });
  }

  /**
   * Makes Vapi say what the row says, after a change that was interrupted.
   * @throws VapiError, ClaimLostError
   */
  async restore(claim: Claim): Promise<void> {
    await this.claims.renew(claim);
    const row = await this.prisma.phoneNumber.findFirst({ where: claim.where, include: { agent: true } });
    if (row?.vapiPhoneNumberId != null) {
      await this.vapi.update(row.vapiPhoneNumberId, {
        provider: row.provider as ProviderId,
        name: taggedName(row.name, row.id),
        assistantId: row.agent?.vapiAssistantId ?? null,
        fallbackDestination:
          row.fallbackNumber === null ? null : { type: 'number', number: row.fallbackNumber },
      });
    }
    await this.release(claim);
  }

  /** Undefined when there is nothing to change. */
  private async begin(
    organizationId: string,
    id: string,
    body: UpdatePhoneNumberBody,
    ifMatch: string | undefined,
  ): Promise<UpdateIntent | undefined> {
    return this.prisma.$transaction(async (tx) => {
      const locked = await lockPhoneNumber(tx, organizationId, id, ifMatch);
      if (Object.values(body).every((value) => value === undefined)) return undefined;
      if (locked.vapiPhoneNumberId === null || locked.lifecycle !== 'live') throw needsAttention('number');
      const agent = body.agentId
        ? await lockToRefer(tx, 'agents', organizationId, body.agentId, 'agentId')
        : null;
      const row = await tx.phoneNumber.update({
        where: { id, organizationId },
        data: { lifecycle: 'updating', ...this.claims.begin(), pendingAgentId: agent?.id ?? null },
      });
      return {
        claim: this.claims.of('phone_numbers', row),
        before: row,
        provider: locked.provider as ProviderId,
        vapiPhoneNumberId: locked.vapiPhoneNumberId,
        vapiAssistantId: body.agentId === undefined ? undefined : (agent?.vapiId ?? null),
      };
    });
  }

  private async changeAtVapi(intent: UpdateIntent, body: UpdatePhoneNumberBody): Promise<void> {
    const { claim, provider, vapiPhoneNumberId, vapiAssistantId } = intent;
    const { fallbackNumber } = body;
    const payload: UpdatePhoneNumberPayload = {
      provider,
      name: body.name === undefined ? undefined : taggedName(body.name, claim.id),
      assistantId: vapiAssistantId,
      fallbackDestination:
        fallbackNumber == null ? fallbackNumber : { type: 'number', number: fallbackNumber },
    };
    await this.vapi.update(vapiPhoneNumberId, payload);
    // Vapi does not promise that null clears.
    if (payload.assistantId !== null && payload.fallbackDestination !== null) return;
    await this.claims.renew(claim);
    const remote = await this.vapi.get(vapiPhoneNumberId).catch((error: unknown) => {
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
  private async failed({ claim, provider }: UpdateIntent, error: VapiError): Promise<AppError> {
    if (!error.mayHaveActed) await this.release(claim);
    const isAsBefore = !error.mayHaveActed || (await this.setBack(claim, error));
    if (error.kind === 'not_found') return this.gone(claim, error);
    return error.kind === 'rejected'
      ? providerRejected(error, adapterOf(provider))
      : upstreamUnavailable(
          error,
          isAsBefore
            ? 'The number keeps its settings.'
            : 'It is not known whether the number was changed; if it was, it will be set back within minutes.',
        );
  }

  /** True when Vapi says again what the row says. A request without an answer may act later, so it is left to recovery. */
  private async setBack(claim: Claim, { kind }: VapiError): Promise<boolean> {
    if (kind === 'timeout' || kind === 'network') return false;
    try {
      await this.restore(claim);
      return true;
    } catch (failure) {
      this.logger.warn(
        { err: failure, ...claim.where },
        'A failed change could not be set back; recovery will',
      );
      return false;
    }
  }

  private async gone({ organizationId, id }: Claim, cause: VapiError): Promise<AppError> {
    const attention = 'Vapi no longer has this number. Calls do not arrive. Remove it here and add it again.';
    await this.prisma.phoneNumber.updateMany({
      where: { organizationId, id, lifecycle: 'live' },
      data: { status: 'needs_attention', attention, updatedAt: new Date() },
    });
    return new AppError('CONFLICT', attention, { cause });
  }

  private async release(claim: Claim): Promise<void> {
    const data = { ...SETTLED, pendingAgentId: null };
    claim.confirm(await this.prisma.phoneNumber.updateMany({ where: claim.where, data }));
  }
}

/** What an update can change. */
const auditedSettings = ({ name, agentId, fallbackNumber }: UpdatePhoneNumberBody) => ({
  name,
  agentId,
  fallbackNumber,
});

const isCleared = (sent: UpdatePhoneNumberPayload, remote: VapiPhoneNumber): boolean =>
  (sent.assistantId !== null || remote.assistantId === undefined) &&
  (sent.fallbackDestination !== null || remote.fallbackNumber === undefined);
