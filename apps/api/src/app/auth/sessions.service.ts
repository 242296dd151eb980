import { Injectable } from '@nestjs/common';
import type { SignedInSessionList } from '@voxreach/contracts';
import DataLoader from 'dataloader';
import { Prisma } from '../../generated/prisma/client';
import type { UserCaller } from '../access/caller';
import { AuditService } from '../audit/audit.service';
import { AppError, notFound } from '../common/app-error';
import { currentOrigin } from '../common/origin';
import { hashOfToken, randomToken } from '../common/random-token';
import { AppConfig } from '../config/app-config';
import { PrismaService } from '../prisma/prisma.service';
import { asIdentity } from '../prisma/scope';
import type { AccessTokenClaims } from './jwt.strategy';
import { notifyOwner } from './security-notices.service';

/**
 * How long a spent refresh token may come back, in milliseconds. Whoever reloads a page or changes networks while a session is renewed never gets the answer, and has
 * only the spent one: that is no theft. It would still come out: of two who go on with one session, one comes with a token that was spent longer ago.
 */
const LOST_ANSWER_MS = 10_000;

/** A session with the refresh token that renews it. */
export interface OpenSession {
  id: string;
  userId: string;
  organizationId: string;
  refreshToken: string;
}

/** A refresh token that was given out, with its session. */
interface KnownToken extends Omit<OpenSession, 'refreshToken'> {
  authenticatedAt: Date;
  isGood: boolean;
  wasSpent: boolean;
}

/** A caller as the database has it, by the place among those who are asked for. */
interface FoundCaller extends Pick<UserCaller, 'name' | 'role' | 'authenticatedAt' | 'needsSecondFactor'> {
  n: number;
}

const expired = () => new AppError('UNAUTHENTICATED', 'Your session has expired. Sign in again.');

/** Where people are signed in. Refresh tokens are random, kept as hashes, each good for one use. */
@Injectable()
export class SessionsService {
  /** Requests that arrive together are looked up together, each after it has arrived: nothing is remembered. */
  private readonly callers = new DataLoader((claims: readonly AccessTokenClaims[]) => this.lookUp(claims), {
    cache: false,
    batchScheduleFn: setImmediate,
  });

  constructor(
    private readonly prisma: PrismaService,
    private readonly audit: AuditService,
    private readonly config: AppConfig,
  ) {}

  /** A new session, at sign-in. */
  async start(
    tx: Prisma.TransactionClient,
    { userId, organizationId }: { userId: string; organizationId: string },
  ): Promise<OpenSession> {
    const { address, userAgent } = currentOrigin();
    const { id } = await tx.session.create({
      data: {
        userId,
        organizationId,
        address,
        userAgent: userAgent?.slice(0, 300) ?? null,
        expiresAt: this.endOf(new Date()),
      },
      select: { id: true },
    });
    return { id, userId, organizationId, refreshToken: await this.issue(tx, id) };
  }

  /**
   * Who calls with an access token, as things stand now: a session that was ended, a membership that was taken away or a role that was
   * changed counts at once.
   * @throws AppError UNAUTHENTICATED
   */
  async callerOf(claims: AccessTokenClaims): Promise<UserCaller> {
    const caller = await this.callers.load(claims);
    if (caller === undefined) throw expired();
    return caller;
  }

  /**
   * Spends a token for its successor, which is the only good one from then on. A spent token that comes back later than a lost answer explains was stolen, or its
   * successor was: the whole session ends.
   * @throws AppError UNAUTHENTICATED
   */
  async rotate(token: string): Promise<OpenSession> {
    const tokenHash = hashOfToken(token);
    const open = await this.prisma.$transaction(async (tx) => {
      const lost = new Date(Date.now() - LOST_ANSWER_MS);
      // One after the other: of two uses of one token, the second must find what the first has made of it.
      const [known] = await tx.$queryRaw<KnownToken[]>`
        SELECT s.id, s.user_id AS "userId", s.organization_id AS "organizationId",
          s.authenticated_at AS "authenticatedAt", coalesce(t.spent_at > ${lost}, true) AND s.expires_at > now() AS "isGood", coalesce(t.spent_at <= ${lost}, false) AS "wasSpent"
        FROM refresh_tokens t JOIN sessions s ON s.id = t.session_id
        WHERE t.token_hash = ${tokenHash} FOR UPDATE`;
      if (known === undefined) return undefined;
      const { isGood, wasSpent, authenticatedAt, ...session } = known;
      const expiresAt = this.endOf(authenticatedAt);
      if (!isGood || expiresAt <= new Date()) {
        await this.endWithoutCaller(tx, session, wasSpent);
        return undefined;
      }
      await tx.refreshToken.updateMany({
        where: { sessionId: session.id, spentAt: null },
        data: { spentAt: new Date() },
      });
      const { address } = currentOrigin();
      const data = { lastUsedAt: new Date(), expiresAt, address };
      await tx.session.updateMany({ where: { id: session.id }, data });
      return { ...session, refreshToken: await this.issue(tx, session.id) };
    });
    if (open === undefined) throw expired();
    return open;
  }

  /** Ends the session that asks, and the one that this refresh token belongs to, if that is another of the same person's. */
  async signOut(caller: UserCaller, token: string | undefined): Promise<void> {
    await this.prisma.$transaction(async (tx) => {
      const ofToken =
        token && (await tx.refreshToken.findFirst({ where: { tokenHash: hashOfToken(token) } }));
      const ids = [caller.sessionId, ...(ofToken ? [ofToken.sessionId] : [])];
      const { count } = await tx.session.deleteMany({ where: { id: { in: ids }, userId: caller.id } });
      if (count > 0) await this.auditEnd(tx, caller);
    });
  }

  /** The person has proved once more who they are: the session may go on from here. */
  async proven(
    tx: Prisma.TransactionClient,
    { sessionId, id: userId }: UserCaller,
    now: Date,
  ): Promise<void> {
    await tx.session.updateMany({
      where: { id: sessionId, userId },
      data: { authenticatedAt: now, expiresAt: this.endOf(now) },
    });
  }

  async list({ id: userId, sessionId }: UserCaller): Promise<SignedInSessionList> {
    const rows = await this.prisma.session.findMany({
      where: { userId, expiresAt: { gt: new Date() } },
      orderBy: [{ lastUsedAt: 'desc' }, { id: 'desc' }],
      take: 100,
    });
    return {
      items: rows.map(({ id, address, userAgent, createdAt, lastUsedAt }) => ({
        id,
        isCurrent: id === sessionId,
        address,
        userAgent,
        createdAt: createdAt.toISOString(),
        lastUsedAt: lastUsedAt.toISOString(),
      })),
    };
  }

  /** @throws AppError NOT_FOUND when it is not one of the person's own */
  async end(caller: UserCaller, id: string): Promise<void> {
    await this.prisma.$transaction(async (tx) => {
      const { count } = await tx.session.deleteMany({ where: { id, userId: caller.id } });
      if (count === 0) throw notFound('session');
      await this.auditEnd(tx, { ...caller, sessionId: id });
    });
  }

  /** Ends all sessions of a person but this one. */
  async endOthers(caller: UserCaller, tx: Prisma.TransactionClient): Promise<number> {
    const { count } = await tx.session.deleteMany({
      where: { userId: caller.id, id: { not: caller.sessionId } },
    });
    return count;
  }

  /** Forgets sessions that nobody can renew any more, with their tokens. */
  async forgetExpired(): Promise<void> {
    await this.prisma.session.deleteMany({ where: { expiresAt: { lt: new Date() } } });
  }

  /** When a session that is used now ends: some time after that, and in any case some time after the person proved who they are. */
  private endOf(authenticatedAt: Date): Date {
    const { idleMs, lifetimeMs } = this.config.session;
    return new Date(Math.min(Date.now() + idleMs, authenticatedAt.getTime() + lifetimeMs));
  }

  /** The caller of each, in their order; undefined for whom there is none. */
  private async lookUp(claims: readonly AccessTokenClaims[]): Promise<(UserCaller | undefined)[]> {
    const all = (key: keyof AccessTokenClaims) => claims.map((each) => each[key]);
    const rows = await asIdentity(() =>
      this.prisma.read<FoundCaller>(Prisma.sql`
        SELECT c.n::int AS n, u.name, m.role::text AS role, s.authenticated_at AS "authenticatedAt",
          o.requires_second_factor AND u.totp_since IS NULL AS "needsSecondFactor"
        FROM unnest(${all('sid')}::uuid[], ${all('sub')}::uuid[], ${all('org')}::uuid[])
          WITH ORDINALITY AS c (session_id, user_id, organization_id, n)
        JOIN sessions s ON s.id = c.session_id AND s.user_id = c.user_id AND s.expires_at > now()
        JOIN memberships m ON m.user_id = s.user_id AND m.organization_id = c.organization_id
        JOIN organizations o ON o.id = m.organization_id
        JOIN users u ON u.id = s.user_id`),
    );
    const found = new Map(rows.map(({ n, ...row }) => [n, row]));
    return claims.map(({ sub, sid, org }, index) => {
      const row = found.get(index + 1);
      return row && { type: 'user', id: sub, organizationId: org, sessionId: sid, ...row };
    });
  }

  private auditEnd(
    tx: Prisma.TransactionClient,
    { organizationId, sessionId: id }: UserCaller,
  ): Promise<void> {
    const target = { type: 'session', id, name: null };
    return this.audit.record(tx, organizationId, { action: 'session.end', target });
  }

  /** Nobody asked for it: the session has expired, or somebody came with a token that was spent, which is news for the organisation. */
  private async endWithoutCaller(
    tx: Prisma.TransactionClient,
    { id, userId, organizationId }: Pick<OpenSession, 'id' | 'userId' | 'organizationId'>,
    wasSpent: boolean,
  ): Promise<void> {
    const { count } = await tx.session.deleteMany({ where: { id } });
    if (count === 0 || !wasSpent) return;
    await notifyOwner(tx, userId, 'session_stolen');
    await this.audit.record(tx, organizationId, {
      action: 'session.end',
      target: { type: 'session', id, name: null },
      reason: 'A refresh token that was spent already came back, so it may have been stolen.',
    });
  }

  private async issue(tx: Prisma.TransactionClient, sessionId: string): Promise<string> {
    const token = randomToken();
    await tx.refreshToken.createMany({ data: [{ sessionId, tokenHash: hashOfToken(token) }] });
    return token;
  }
}
