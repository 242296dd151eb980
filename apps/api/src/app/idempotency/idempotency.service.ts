import { createHmac, type KeyObject } from 'node:crypto';
import { Injectable, Logger } from '@nestjs/common';
import { HTTP_STATUS_OF } from '@voxreach/contracts';
import { AppError } from '../common/app-error';
import { validationFailed } from '../common/dto.pipe';
import { leaseMs } from '../common/lease';
import { AppConfig } from '../config/app-config';
import { isUniqueViolation } from '../prisma/prisma-errors';
import { PrismaService } from '../prisma/prisma.service';
import { asJobs } from '../prisma/scope';
import type { Transaction } from '../prisma/transaction';

/** How long an outcome is remembered, in milliseconds. */
const LIFETIME_MS = 24 * 60 * 60 * 1_000;

/** How many leases of a row a whole request may need: two creations, each with its look, and taking both back. */
const LEASES_OF_A_REQUEST = 4;

/** A key that this request has taken; the lease tells it from a later request that took the key over. */
interface KeyClaim {
  organizationId: string;
  key: string;
  leaseUntil: Date;
}

interface SettledRequest {
  status: number;
  response: unknown;
}

interface StoredProblem {
  code: AppError['code'];
  detail: string;
  errors?: AppError['errors'];
}

/** Keeps the result with the key, in the transaction that makes it lasting. */
export type Settle<Result> = (tx: Transaction, result: Result) => Promise<void>;

/** Repeats of one POST, known by their `Idempotency-Key`, act once and answer alike. */
@Injectable()
export class IdempotencyService {
  private readonly logger = new Logger(IdempotencyService.name);

  constructor(
    private readonly prisma: PrismaService,
    private readonly config: AppConfig,
  ) {}

  /**
   * Runs `act` unless this key has settled already, and then answers as it did. `act` calls `settle` in the transaction that makes its
   * result lasting, so that result and record stand or fall together.
   * @throws AppError CONFLICT while the first request still runs, IDEMPOTENCY_KEY_REUSED for another body, or what `act` threw
   */
  async once<Result extends object>(
    organizationId: string,
    key: string | undefined,
    body: object,
    act: (settle: Settle<Result>) => Promise<Result>,
  ): Promise<Result> {
    if (key === undefined) return act(() => Promise.resolve());
    if (key.length === 0 || key.length > 255) {
      throw validationFailed([{ path: 'Idempotency-Key', message: 'Send a key of 1 to 255 characters.' }]);
    }
    const begun = await this.begin(organizationId, key, body);
    if ('status' in begun) return replay<Result>(begun);
    try {
      return await act((tx, result) => this.settle(tx, begun, 201, result));
    } catch (error) {
      await this.failed(begun, error);
      throw error;
    }
  }

  /** Forgets what is older than a day. */
  async forgetOld(): Promise<void> {
    const createdAt = { lt: new Date(Date.now() - LIFETIME_MS) };
    await asJobs(() => this.prisma.idempotencyKey.deleteMany({ where: { createdAt } }));
  }

  /** Takes the key for this request, or finds what came of the first one. */
  private async begin(organizationId: string, key: string, body: object): Promise<KeyClaim | SettledRequest> {
    const mine = {
      organizationId,
      key,
      requestHash: hashOf(body, this.config.keys.present.keyedHashes),
      leaseUntil: new Date(Date.now() + LEASES_OF_A_REQUEST * leaseMs(this.config)),
    };
    for (;;) {
      try {
        await this.prisma.idempotencyKey.create({ data: mine });
        return { organizationId, key, leaseUntil: mine.leaseUntil };
      } catch (error) {
        if (!isUniqueViolation(error)) throw error;
      }
      const first = await this.prisma.idempotencyKey.findFirst({
        where: { organizationId, key },
      });
      if (first === null) continue;
      const isOld = first.createdAt.getTime() < Date.now() - LIFETIME_MS;
      const isDead = first.status === null && first.leaseUntil < new Date();
      if (isOld || isDead) {
        // Whoever deletes exactly this record goes on; another that is quicker wins.
        await this.prisma.idempotencyKey.deleteMany({
          where: { organizationId, key, leaseUntil: first.leaseUntil },
        });
        continue;
      }
      if (!this.isHashOf(body, first.requestHash)) {
        throw new AppError(
          'IDEMPOTENCY_KEY_REUSED',
          'This Idempotency-Key was used for another request. Send a new key for a new request.',
        );
      }
      if (first.status === null) {
        throw new AppError(
          'CONFLICT',
          'The first request with this Idempotency-Key is still running. Wait for it.',
          {
            retryAfterSeconds: 2,
          },
        );
      }
      return { status: first.status, response: first.response };
    }
  }

  /** Refusals are outcomes too; what may go better next time is not. */
  private async failed(claim: KeyClaim, error: unknown): Promise<void> {
    const status = error instanceof AppError ? HTTP_STATUS_OF[error.code] : 500;
    try {
      if (error instanceof AppError && status < 500 && error.retryAfterSeconds === undefined) {
        const { code, detail, errors } = error;
        await this.settle(this.prisma, claim, status, {
          code,
          detail,
          ...(errors && { errors }),
        });
      } else {
        // What was committed although its answer was lost stays.
        await this.prisma.idempotencyKey.deleteMany({ where: { ...claim, status: null } });
      }
    } catch (failure) {
      // The client is to learn of the first failure; the key is free again when its lease has run out.
      this.logger.warn(
        { err: failure, organizationId: claim.organizationId },
        'The outcome of a request could not be kept with its Idempotency-Key',
      );
    }
  }

  /** @throws Error when a later request has taken the key over */
  private async settle(
    tx: Transaction,
    { organizationId, key, leaseUntil }: KeyClaim,
    status: number,
    response: object,
  ): Promise<void> {
    const count = await tx.$executeRaw`
      UPDATE idempotency_keys SET status = ${status}, response = ${JSON.stringify(response)}::json
      WHERE organization_id = ${organizationId}::uuid AND key = ${key} AND lease_until = ${leaseUntil} AND status IS NULL`;
    if (count !== 1) throw new Error('A later request has taken over the Idempotency-Key');
  }

  private isHashOf(body: object, requestHash: Uint8Array): boolean {
    return this.config.keys.all.some(({ keyedHashes }) => hashOf(body, keyedHashes).equals(requestHash));
  }
}

const hashOf = (body: object, key: KeyObject): Buffer<ArrayBuffer> =>
  Buffer.from(createHmac('sha256', key).update(canonical(body)).digest());

function replay<Result>({ status, response }: SettledRequest): Result {
  if (status === 201) return response as Result;
  const { code, detail, errors } = response as StoredProblem;
  throw new AppError(code, detail, { errors });
}

/** JSON with sorted keys: the order in which fields are sent does not make another request. */
const canonical = (value: unknown): string =>
  JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
