import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { RecoveryCodesResponse, SecondFactorSetupResponse } from '@voxreach/contracts';
import { Secret, TOTP } from 'otpauth';
import type { Prisma, User } from '../../generated/prisma/client';
import type { UserCaller } from '../access/caller';
import { AuditService } from '../audit/audit.service';
import { AppError } from '../common/app-error';
import { validationFailed } from '../common/dto.pipe';
import { currentOrigin } from '../common/origin';
import { hashOfToken } from '../common/random-token';
import { PrismaService } from '../prisma/prisma.service';
import { SealingService } from './sealing.service';
import { notifyOwner } from './security-notices.service';
import { SignInLimiter } from './sign-in-limiter';

const PERIOD_SECONDS = 30;

/** Codes of one step earlier or later count too: clocks differ, and people type slowly. */
const WINDOW = 1;

const RECOVERY_CODES = 10;

/** 120 bits: nothing that is found by trying, also when somebody has read the hashes. */
const RECOVERY_CODE_BYTES = 15;

type Enrolled = Pick<User, 'id' | 'totpSecret' | 'totpSince' | 'totpLastStep'>;

/** A second factor at sign-in: six digits of an authenticator app (RFC 6238), or a recovery code. */
@Injectable()
export class SecondFactorService {
  constructor(
    private readonly prisma: PrismaService,
    private readonly audit: AuditService,
    private readonly limiter: SignInLimiter,
    private readonly sealing: SealingService,
  ) {}

  /**
   * Begins to set one up, in place of a setup that was never confirmed.
   * @throws AppError CONFLICT when there is one already
   */
  async begin({ id }: UserCaller): Promise<SecondFactorSetupResponse> {
    const user = await this.prisma.user.findFirstOrThrow({ where: { id } });
    if (user.totpSince !== null)
      throw new AppError(
        'CONFLICT',
        'A second factor is set up already. Remove it first to set up another one.',
      );
    const secret = new Secret({ size: 20 });
    await this.prisma.user.updateMany({
      where: { id, totpSince: null },
      data: { totpSecret: this.sealing.seal('secondFactors', id, secret.bytes), totpLastStep: null },
    });
    return { secret: secret.base32, uri: totp(secret, user.email).toString() };
  }

  /** The first code shows that the app works; from here on it is asked for. @throws AppError VALIDATION_FAILED, RATE_LIMITED */
  async confirm({ id, organizationId }: UserCaller, code: string): Promise<RecoveryCodesResponse> {
    const { email } = await this.prisma.user.findFirstOrThrow({ where: { id }, select: { email: true } });
    const address = currentOrigin().address ?? '';
    await this.limiter.begin(email, address);
    const recoveryCodes = await this.confirmOnce(id, organizationId, code);
    await this.limiter.undone(email, address);
    return recoveryCodes;
  }

  private confirmOnce(id: string, organizationId: string, code: string): Promise<RecoveryCodesResponse> {
    return this.prisma.$transaction(async (tx) => {
      const user = await lock(tx, id);
      const step = user.totpSince === null ? this.stepOf(user, code) : undefined;
      if (step === undefined || isSpent(user, step)) {
        throw validationFailed([
          {
            path: 'code',
            message: 'This code is not right. Check the clock of your phone and enter the newest code.',
          },
        ]);
      }
      await tx.user.updateMany({ where: { id }, data: { totpSince: new Date(), totpLastStep: step } });
      await notifyOwner(tx, id, 'second_factor_added');
      await this.audit.record(tx, organizationId, { action: 'user.second_factor' });
      return this.newRecoveryCodes(tx, id);
    });
  }

  /** @throws AppError CONFLICT while an organisation of the person's requires one */
  async remove({ id, organizationId }: UserCaller): Promise<void> {
    await this.prisma.$transaction(async (tx) => {
      const { totpSince } = await lock(tx, id);
      await refuseWhileRequired(tx, id);
      await tx.user.updateMany({
        where: { id },
        data: { totpSecret: null, totpSince: null, totpLastStep: null },
      });
      await tx.recoveryCode.deleteMany({ where: { userId: id } });
      if (totpSince === null) return;
      await notifyOwner(tx, id, 'second_factor_removed');
      await this.audit.record(tx, organizationId, { action: 'user.second_factor_removed' });
    });
  }

  /** New recovery codes instead of the ones before. @throws AppError CONFLICT without a second factor */
  async replaceRecoveryCodes({ id, organizationId }: UserCaller): Promise<RecoveryCodesResponse> {
    return this.prisma.$transaction(async (tx) => {
      const { totpSince } = await lock(tx, id);
      if (totpSince === null) throw new AppError('CONFLICT', 'Set up a second factor first.');
      await notifyOwner(tx, id, 'recovery_codes_replaced');
      await this.audit.record(tx, organizationId, { action: 'user.recovery_codes' });
      return this.newRecoveryCodes(tx, id);
    });
  }

  /** True when the code is right, of the app or for recovery; it is spent then. */
  async accepts(userId: string, code: string): Promise<boolean> {
    return this.prisma.$transaction(async (tx) => {
      const user = await lock(tx, userId);
      const step = user.totpSince === null ? undefined : this.stepOf(user, code);
      if (step !== undefined) {
        if (isSpent(user, step)) {
          await notifyOwner(tx, userId, 'code_reused');
          return false;
        }
        await tx.user.updateMany({ where: { id: userId }, data: { totpLastStep: step } });
        return true;
      }
      const { count } = await tx.recoveryCode.deleteMany({
        where: { userId, codeHash: hashOfToken(plainRecoveryCode(code)) },
      });
      if (count === 1) await notifyOwner(tx, userId, 'recovery_code_used');
      return count === 1;
    });
  }

  /** The time step of a right code. */
  private stepOf({ id, totpSecret }: Enrolled, code: string): number | undefined {
    if (totpSecret === null || !/^\d{6}$/.test(code)) return undefined;
    const opened = this.sealing.open('secondFactors', id, totpSecret);
    // Then no code is right, and recovery codes are what is left.
    if (opened === undefined) return undefined;
    const delta = totp(new Secret({ buffer: new Uint8Array(opened).buffer }), '').validate({
      token: code,
      window: WINDOW,
    });
    if (delta === null) return undefined;
    return Math.floor(Date.now() / 1_000 / PERIOD_SECONDS) + delta;
  }

  private async newRecoveryCodes(
    tx: Prisma.TransactionClient,
    userId: string,
  ): Promise<RecoveryCodesResponse> {
    const recoveryCodes = Array.from({ length: RECOVERY_CODES }, () =>
      written(randomBytes(RECOVERY_CODE_BYTES)),
    );
    await tx.recoveryCode.deleteMany({ where: { userId } });
    await tx.recoveryCode.createMany({
      data: recoveryCodes.map((code) => ({ userId, codeHash: hashOfToken(plainRecoveryCode(code)) })),
    });
    return { recoveryCodes };
  }
}

/** Each code counts once, and so does what came before it. */
const isSpent = ({ totpLastStep }: Enrolled, step: number): boolean =>
  totpLastStep !== null && step <= totpLastStep;

const totp = (secret: Secret, label: string): TOTP =>
  new TOTP({ issuer: 'VoxReach', label, secret, period: PERIOD_SECONDS, digits: 6, algorithm: 'SHA1' });

/** Locks the user until the transaction ends: two requests must not spend one code. */
async function lock(tx: Prisma.TransactionClient, id: string): Promise<Enrolled> {
  await tx.$queryRaw`SELECT id FROM users WHERE id = ${id}::uuid FOR UPDATE`;
  return tx.user.findFirstOrThrow({
    where: { id },
    select: { id: true, totpSecret: true, totpSince: true, totpLastStep: true },
  });
}

async function refuseWhileRequired(tx: Prisma.TransactionClient, userId: string): Promise<void> {
  const requiring = await tx.organization.findFirst({
    where: { requiresSecondFactor: true, memberships: { some: { userId } } },
    select: { name: true },
  });
  if (requiring === null) return;
  throw new AppError(
    'CONFLICT',
    `The organisation ${requiring.name} requires a second factor of its members. Keep it, or leave that organisation first.`,
  );
}

/** Base32 in groups of four, for people to write down. */
const written = (bytes: Buffer): string =>
  (new Secret({ buffer: new Uint8Array(bytes).buffer }).base32.match(/.{1,4}/g) ?? [])
    .join('-')
    .toLowerCase();

const plainRecoveryCode = (code: string): string => code.toLowerCase().replace(/[^a-z2-7]/g, '');
