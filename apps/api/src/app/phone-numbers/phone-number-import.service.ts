import { Injectable, Logger } from '@nestjs/common';
import { type AnyImportBody, PROVIDERS, type ProviderId } from '@voxreach/contracts';
import type { Credential, PhoneNumber } from '../../generated/prisma/client';
import { AuditService } from '../audit/audit.service';
import { AppError } from '../common/app-error';
import { validationFailed } from '../common/dto.pipe';
import { notAdded, upstreamUnavailable } from '../common/upstream-error';
import { newId } from '../common/uuid';
import { taggedName } from '../common/vapi-name';
import { AppConfig } from '../config/app-config';
import { CredentialsService } from '../credentials/credentials.service';
import { EventsService } from '../events/events.service';
import type { Settle } from '../idempotency/idempotency.service';
import { QuotasService } from '../limits/quotas.service';
import { type Claim, ClaimLostError, type ClaimTable, isHeldBy } from '../prisma/claim';
import { type ImportResult, MetricsService } from '../metrics/metrics.service';
import { ClaimsService } from '../prisma/claims.service';
import { lockToRefer } from '../prisma/lock-row';
import { isUniqueViolation } from '../prisma/prisma-errors';
import { PrismaService } from '../prisma/prisma.service';
import { asJobs } from '../prisma/scope';
import { TO_SETTLED } from '../prisma/settled';
import type { Transaction } from '../prisma/transaction';
import { providerRejected } from '../providers/provider-rejected';
import { adapterOf } from '../providers/registry';
import { handlingSecretsOf } from '../vapi/confidential';
import { createOrFind } from '../vapi/create-or-find';
import { VapiPhoneNumbers } from '../vapi/vapi-phone-numbers';
import { VapiError } from '../vapi/vapi.error';
import type { CreatePhoneNumberPayload } from '../vapi/vapi.payloads';
import type { VapiPhoneNumber } from '../vapi/vapi.responses';
import { auditedFields, auditedNumber } from './audited-number';
import { isDuplicateRefusal } from './duplicate-refusal';
import { PhoneNumberRemovalService } from './phone-number-removal.service';
import { PhoneNumberStatusService } from './phone-number-status.service';
import { PhoneNumbersService, type TaggedPhoneNumber } from './phone-numbers.service';
import { WebhookCredentialService } from './webhook-credential.service';

/** The row of a number that is about to be made. */
type NewNumber = Pick<
  PhoneNumber,
  | 'id'
  | 'organizationId'
  | 'provider'
  | 'number'
  | 'sipUri'
  | 'name'
  | 'fallbackNumber'
  | 'credentialId'
  | 'agentId'
  | 'createdAt'
>;
type NewCredential = Pick<Credential, 'id' | 'organizationId' | 'provider' | 'name'>;
type Begun = ReturnType<ClaimsService['begin']>;

/** The rows of an import that has begun, and what the number refers to at Vapi. */
interface ImportIntent {
  phoneNumber: NewNumber;
  claim: Claim;
  /** Made by this import from inline credentials. */
  newCredential: { row: NewCredential; claim: Claim } | undefined;
  savedVapiCredentialId: string | undefined;
  vapiAssistantId: string | undefined;
}

/**
 * Imports a number: rows first, then the credential at Vapi where the provider has reusable ones, then the number. An import is all
 * there or not there at all.
 */
@Injectable()
export class PhoneNumberImportService {
  private readonly logger = new Logger(PhoneNumberImportService.name);

  constructor(
    private readonly prisma: PrismaService,
    private readonly vapi: VapiPhoneNumbers,
    private readonly credentials: CredentialsService,
    private readonly webhookCredential: WebhookCredentialService,
    private readonly phoneNumbers: PhoneNumbersService,
    private readonly removal: PhoneNumberRemovalService,
    private readonly status: PhoneNumberStatusService,
    private readonly claims: ClaimsService,
    private readonly quotas: QuotasService,
    private readonly audit: AuditService,
    private readonly events: EventsService,
    private readonly config: AppConfig,
    private readonly metrics: MetricsService,
  ) {}

  /**
   * `record` is called in the transaction that makes the import lasting.
   * @throws AppError FORBIDDEN, NOT_FOUND, CONFLICT, PROVIDER_REJECTED, UPSTREAM_UNAVAILABLE
   */
  async import(
    organizationId: string,
    body: AnyImportBody,
    record: Settle<TaggedPhoneNumber>,
  ): Promise<TaggedPhoneNumber> {
    try {
      this.refuseUnlessOffered(body.provider);
      const number = await handlingSecretsOf(body.credential, () => this.run(organizationId, body, record));
      this.metrics.import(body.provider, 'imported');
      return number;
    } catch (error) {
      this.metrics.import(body.provider, resultOf(error));
      throw error;
    }
  }

  private async run(
    organizationId: string,
    body: AnyImportBody,
    record: Settle<TaggedPhoneNumber>,
  ): Promise<TaggedPhoneNumber> {
    const intent = await this.begin(organizationId, body);
    let remote: VapiPhoneNumber | undefined;
    try {
      remote = await this.makeAtVapi(intent, body);
      const number = await this.settle(intent, remote, record);
      this.events.publish(organizationId, { type: 'phone_number', id: number.body.id });
      return number;
    } catch (error) {
      const complete = await this.undo(intent, remote, error);
      if (complete !== undefined) return complete;
      if (error instanceof VapiError && isAboutOperator(error)) await this.webhookCredential.forget();
      throw error instanceof VapiError ? await this.explain(error, intent.phoneNumber) : error;
    }
  }

  private refuseUnlessOffered(provider: ProviderId): void {
    if (PROVIDERS[provider].onlyIfAllowed && !this.config.allowVapiNumbers) {
      throw new AppError(
        'FORBIDDEN',
        'Free test numbers are switched off here. Import a number of your own instead.',
      );
    }
  }

  /** Writes down what is about to be done, before the first call to Vapi. */
  private async begin(organizationId: string, body: AnyImportBody): Promise<ImportIntent> {
    try {
      return await this.prisma.write((tx) => this.writeRows(tx, organizationId, body));
    } catch (error) {
      throw isUniqueViolation(error) ? await this.conflict(organizationId, body) : error;
    }
  }

  private async writeRows(
    tx: Transaction,
    organizationId: string,
    body: AnyImportBody,
  ): Promise<ImportIntent> {
    const newCredential = newCredentialOf(organizationId, body);
    await this.quotas.refuseOneMore(
      tx,
      organizationId,
      'phone_numbers',
      ...(newCredential === undefined ? [] : (['credentials'] as const)),
    );
    const agent = body.agentId
      ? await lockToRefer(tx, 'agents', organizationId, body.agentId, 'agentId')
      : undefined;
    const saved = body.credentialId
      ? await this.savedCredential(tx, organizationId, body.credentialId, body)
      : undefined;
    const address = body.number ?? body.sipUri;
    const phoneNumber: NewNumber = {
      id: newId(),
      organizationId,
      provider: body.provider,
      number: body.number ?? null,
      sipUri: body.sipUri ?? null,
      name: body.name ?? address ?? `${PROVIDERS[body.provider].label} number`,
      fallbackNumber: body.fallbackNumber ?? null,
      credentialId: saved?.id ?? newCredential?.id ?? null,
      agentId: agent?.id ?? null,
      createdAt: new Date(),
    };
    const begun = this.claims.begin();
    // In this order, since the number refers to the credential.
    await Promise.all([
      newCredential && insertCredential(tx, newCredential, begun),
      insertNumber(tx, phoneNumber, begun),
    ]);
    const claimOf = <Table extends ClaimTable>(table: Table, row: { id: string }) =>
      this.claims.of(table, { id: row.id, organizationId, lifecycle: 'creating', ...begun });
    return {
      phoneNumber,
      claim: claimOf('phone_numbers', phoneNumber),
      newCredential: newCredential && {
        row: newCredential,
        claim: claimOf('credentials', newCredential),
      },
      savedVapiCredentialId: saved?.vapiId,
      vapiAssistantId: agent?.vapiId,
    };
  }

  private async savedCredential(
    tx: Transaction,
    organizationId: string,
    id: string,
    { provider }: AnyImportBody,
  ) {
    const saved = await lockToRefer(tx, 'credentials', organizationId, id, 'credentialId');
    const { label, credential } = PROVIDERS[provider];
    if (saved.provider !== credential?.provider) {
      throw validationFailed([{ path: 'credentialId', message: `Choose a saved credential of ${label}.` }]);
    }
    return saved;
  }

  private async makeAtVapi(intent: ImportIntent, body: AnyImportBody): Promise<VapiPhoneNumber> {
    const { phoneNumber, claim, newCredential } = intent;
    const webhookCredentialId = await this.webhookCredentialId();
    await this.claims.renew(claim);
    const vapiCredentialId =
      newCredential === undefined
        ? intent.savedVapiCredentialId
        : await this.credentials.register(newCredential.claim, newCredential.row, body.credential ?? {});
    const payload: CreatePhoneNumberPayload = {
      ...adapterOf(body.provider).toPhoneNumber(body, vapiCredentialId),
      name: taggedName(phoneNumber.name, phoneNumber.id),
      assistantId: intent.vapiAssistantId,
      server: { url: this.config.webhook.url, credentialId: webhookCredentialId },
      fallbackDestination: body.fallbackNumber ? { type: 'number', number: body.fallbackNumber } : undefined,
    };
    await this.claims.renew(claim);
    if (newCredential !== undefined) await this.claims.renew(newCredential.claim);
    return createOrFind(
      () => this.vapi.create(payload),
      () => this.vapi.find(phoneNumber.id, phoneNumber.createdAt),
    );
  }

  /** The operator's own credential: what goes wrong with it is no fault of the client's, and nothing of this import has been sent yet. */
  private async webhookCredentialId(): Promise<string> {
    try {
      return await this.webhookCredential.vapiId();
    } catch (error) {
      throw error instanceof VapiError
        ? upstreamUnavailable(error.withoutEffect(), 'Nothing was added.')
        : error;
    }
  }

  /** Both rows become live at once, with the job that follows the status and the record of the answer. */
  private settle(
    { phoneNumber, claim, newCredential }: ImportIntent,
    remote: VapiPhoneNumber,
    record: Settle<TaggedPhoneNumber>,
  ): Promise<TaggedPhoneNumber> {
    const { id, organizationId } = phoneNumber;
    const status = remote.status ?? 'active';
    const isUnassigned = phoneNumber.number === null && phoneNumber.sipUri === null;
    const number = isUnassigned ? (remote.number ?? null) : phoneNumber.number;
    return this.prisma.write(async (tx) => {
      const [numbers, credentials] = await Promise.all([
        tx.$executeRaw`
          UPDATE phone_numbers SET ${TO_SETTLED}, vapi_phone_number_id = ${remote.id}, status = ${status}::phone_number_status, number = ${number}
          WHERE ${isHeldBy(claim)}`,
        newCredential &&
          tx.$executeRaw`UPDATE credentials SET ${TO_SETTLED} WHERE ${isHeldBy(newCredential.claim)}`,
      ]);
      claim.confirm({ count: numbers });
      newCredential?.claim.confirm({ count: credentials ?? 0 });
      if (status === 'activating') await this.status.follow(organizationId, id, tx);
      const [result] = await Promise.all([
        this.phoneNumbers.get(organizationId, id, tx),
        this.audit.record(tx, organizationId, {
          action: 'phone_number.import',
          target: auditedNumber(phoneNumber),
          after: auditedFields({ ...phoneNumber, number }),
        }),
      ]);
      await record(tx, result);
      return result;
    });
  }

  /**
   * Takes everything back. What cannot be settled now stays on the rows, for recovery. `remote` is what was made, if that is known.
   * When the import turns out to be complete, gives back the number.
   */
  private async undo(
    { claim }: ImportIntent,
    remote: VapiPhoneNumber | undefined,
    error: unknown,
  ): Promise<TaggedPhoneNumber | undefined> {
    const cause = error instanceof AppError ? error.cause : error;
    const facts = { phoneNumberId: claim.id, organizationId: claim.organizationId };
    if (cause instanceof VapiError && cause.mayHaveActed) {
      this.logger.warn(
        facts,
        'The outcome of an import is unknown; recovery will look again and take it back',
      );
      return undefined;
    }
    try {
      const complete = remote && (await this.settledAfterAll(claim));
      if (complete !== undefined) return complete;
      // First what we know of: whoever has taken the row over may have looked before it was made.
      if (remote !== undefined) await this.vapi.delete(remote.id);
      if (error instanceof ClaimLostError) return undefined;
      // After a failure of our own, Vapi may hold more than the rows say.
      await this.removal.discard(claim, { look: remote === undefined && !(cause instanceof VapiError) });
      this.logger.log(facts, 'A failed import was taken back');
    } catch (failure) {
      this.logger.warn({ ...facts, err: failure }, 'A failed import could not be taken back; recovery will');
    }
    return undefined;
  }

  /** The number, if its rows became live although the answer to the commit was lost. */
  private settledAfterAll({ organizationId, id }: Claim): Promise<TaggedPhoneNumber | undefined> {
    return this.prisma.$transaction(async (tx) => {
      // Waits until that transaction has come to its end.
      const [row] = await tx.$queryRaw<{ lifecycle: string }[]>`
        SELECT lifecycle::text AS lifecycle FROM phone_numbers
        WHERE organization_id = ${organizationId}::uuid AND id = ${id}::uuid FOR UPDATE`;
      return row?.lifecycle === 'live' ? this.phoneNumbers.get(organizationId, id, tx) : undefined;
    });
  }

  private async explain(
    error: VapiError,
    { organizationId, number, sipUri, provider }: NewNumber,
  ): Promise<AppError> {
    if (error.kind !== 'rejected' || isAboutOperator(error)) {
      return upstreamUnavailable(error, notAdded(error));
    }
    const wanted = number ?? sipUri;
    if (wanted === null || !isDuplicateRefusal(error))
      return providerRejected(error, adapterOf(provider as ProviderId));
    const others = await asJobs(() =>
      this.prisma.phoneNumber.findMany({
        where: {
          organizationId: { not: organizationId },
          // Vapi knows a SIP address by the part before the @.
          ...(number === null ? { sipUri: { startsWith: wanted.replace(/@.*/, '@') } } : { number }),
        },
        select: { id: true, organizationId: true },
        take: 10,
      }),
    );
    this.logger.warn(
      { organizationId, wanted, others },
      'Vapi already has this number; the client was told nothing of whose it is',
    );
    const message = "This number can't be added. If it is yours, contact support.";
    return new AppError('PROVIDER_REJECTED', message, {
      errors: [{ path: number === null ? 'sipUri' : 'number', message }],
      cause: error,
    });
  }

  private async conflict(organizationId: string, { number, sipUri }: AnyImportBody): Promise<AppError> {
    const existing = await this.prisma.phoneNumber.findFirst({
      where: { organizationId, ...(number === undefined ? { sipUri } : { number }) },
      select: { lifecycle: true },
    });
    const path = number === undefined ? 'sipUri' : 'number';
    if (existing === null || existing.lifecycle === 'creating') {
      const message =
        'This number is being added right now, or an interrupted try is being cleaned up. Try again in a minute.';
      return new AppError('CONFLICT', message, { errors: [{ path, message }], retryAfterSeconds: 30 });
    }
    const message = 'Your organisation has this number already. Open it in the list to change it.';
    return new AppError('CONFLICT', message, { errors: [{ path, message }] });
  }
}

/** The credential that an import makes, when it brings its own and the provider has reusable ones. */
function newCredentialOf(organizationId: string, body: AnyImportBody): NewCredential | undefined {
  const { label, credential } = PROVIDERS[body.provider];
  if (!credential?.reusable || body.credential === undefined) return undefined;
  const name = body.name ?? `${label} ${body.number ?? body.sipUri}`;
  return { id: newId(), organizationId, provider: credential.provider, name };
}

const insertCredential = (tx: Transaction, row: NewCredential, { leaseUntil, startedBy }: Begun) =>
  tx.$executeRaw`
    INSERT INTO credentials (id, organization_id, provider, name, lease_until, started_by)
    VALUES (${row.id}::uuid, ${row.organizationId}::uuid, ${row.provider}, ${row.name}, ${leaseUntil}, ${startedBy})`;

const insertNumber = (tx: Transaction, row: NewNumber, { leaseUntil, startedBy }: Begun) =>
  tx.$executeRaw`
    INSERT INTO phone_numbers (id, organization_id, provider, number, sip_uri, name, fallback_number,
      credential_id, agent_id, created_at, updated_at, lease_until, started_by)
    VALUES (${row.id}::uuid, ${row.organizationId}::uuid, ${row.provider}, ${row.number}, ${row.sipUri}, ${row.name}, ${row.fallbackNumber},
      ${row.credentialId}::uuid, ${row.agentId}::uuid, ${row.createdAt}, ${row.createdAt}, ${leaseUntil}, ${startedBy})`;

const resultOf = (error: unknown): ImportResult => {
  if (!(error instanceof AppError) || error.code === 'INTERNAL') return 'failed';
  return error.code === 'UPSTREAM_UNAVAILABLE' ? 'unavailable' : 'refused';
};

/** Vapi refuses the webhook's address or credential: settings of the operator's, whose log has the sentence. */
const isAboutOperator = ({ messages }: VapiError): boolean =>
  messages.length > 0 && messages.every((message) => /^server\b|\bserver\.\w/i.test(message));
