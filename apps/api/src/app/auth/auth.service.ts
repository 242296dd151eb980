import { randomUUIDv7 } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { JwtService } from '@nestjs/jwt';
import type {
  AcceptInvitationBody,
  InvitationPreviewResponse,
  LoginBody,
  MeResponse,
  RegisterBody,
  SessionResponse,
  StepUpBody,
  StepUpResponse,
} from '@voxreach/contracts';
import type { Prisma, User } from '../../generated/prisma/client';
import type { UserCaller } from '../access/caller';
import { STEP_UP_LIFETIME_MS } from '../access/refuse';
import { AuditService } from '../audit/audit.service';
import { AppError } from '../common/app-error';
import { validationFailed } from '../common/dto.pipe';
import { currentOrigin } from '../common/origin';
import { AppConfig } from '../config/app-config';
import { InvitationAcceptanceService } from '../organizations/invitation-acceptance.service';
import { OrganizationsService } from '../organizations/organizations.service';
import { isUniqueViolation } from '../prisma/prisma-errors';
import { PrismaService } from '../prisma/prisma.service';
import { asIdentity } from '../prisma/scope';
import type { AccessTokenClaims } from './jwt.strategy';
import { refuseWeakPassword } from './password-policy';
import { hashPassword, Passwords } from './passwords';
import { SecondFactorService } from './second-factor.service';
import { notifyOfNewAddress, SecurityNoticesService } from './security-notices.service';
import { type OpenSession, SessionsService } from './sessions.service';
import { SignInLimiter } from './sign-in-limiter';

/** Seconds an access token is good for. */
const ACCESS_TOKEN_LIFETIME_S = 15 * 60;

interface SessionOwner {
  userId: string;
  organizationId: string;
}

/** A session with the refresh token that goes into the cookie. */
export interface StartedSession {
  session: SessionResponse;
  refreshToken: string;
}

const userActor = ({ id, name }: Pick<User, 'id' | 'name'>) => ({ type: 'user' as const, id, name });

/** Sign-up, sign-in and the renewal of sessions. All of it happens before it is known for which organisation: with sight of accounts alone. */
@Injectable()
export class AuthService {
  constructor(
    private readonly prisma: PrismaService,
    private readonly organizations: OrganizationsService,
    private readonly invitations: InvitationAcceptanceService,
    private readonly sessions: SessionsService,
    private readonly secondFactor: SecondFactorService,
    private readonly notices: SecurityNoticesService,
    private readonly passwords: Passwords,
    private readonly limiter: SignInLimiter,
    private readonly audit: AuditService,
    private readonly jwt: JwtService,
    private readonly config: AppConfig,
  ) {}

  /** @throws AppError FORBIDDEN when sign-up is off, VALIDATION_FAILED when the address is taken or the password weak */
  async register(body: RegisterBody): Promise<StartedSession> {
    if (!this.config.allowSignup) {
      throw new AppError('FORBIDDEN', 'Sign-up is switched off here. Ask your administrator for an account.');
    }
    return asIdentity(async () => this.start(await this.createAccount(body)));
  }

  /**
   * An organisation with its owner.
   * @throws AppError VALIDATION_FAILED when the address is taken or the password weak
   */
  async createAccount({ organizationName, name, email, password }: RegisterBody): Promise<SessionOwner> {
    await refuseWeakPassword(password, email, 'password');
    const owner = { email: email.toLowerCase(), name, ...(await this.newLogin(password)) };
    try {
      return await asIdentity(() => this.organizations.createWithOwner(organizationName, owner));
    } catch (error) {
      throw isUniqueViolation(error) ? addressTaken() : error;
    }
  }

  /** @throws AppError UNAUTHENTICATED, SECOND_FACTOR_REQUIRED, RATE_LIMITED */
  async login({ email, password, code }: LoginBody): Promise<StartedSession> {
    return asIdentity(async () => {
      const user = await this.authenticate(email.toLowerCase(), password, code);
      const membership = await this.organizations.firstOf(user.id);
      if (membership === undefined) {
        throw new AppError(
          'UNAUTHENTICATED',
          'You belong to no organisation any more. Ask for an invitation.',
        );
      }
      return this.start(membership);
    });
  }

  /** @throws AppError NOT_FOUND for an invitation that was used, taken back or has expired */
  previewInvitation(token: string): Promise<InvitationPreviewResponse> {
    return asIdentity(() => this.invitations.preview(token));
  }

  /**
   * Signs in to the organisation one was invited to: with the account of that address, or with a new one.
   * @throws AppError NOT_FOUND, UNAUTHENTICATED, SECOND_FACTOR_REQUIRED, RATE_LIMITED, VALIDATION_FAILED
   */
  acceptInvitation({ token, name, password, code }: AcceptInvitationBody): Promise<StartedSession> {
    return asIdentity(async () => {
      const { email, hasAccount } = await this.invitations.preview(token);
      if (hasAccount) {
        const { id } = await this.authenticate(email, password, code);
        return this.start(await this.invitations.acceptAs(token, id));
      }
      if (name === undefined) throw validationFailed([{ path: 'name', message: 'Enter your name.' }]);
      await refuseWeakPassword(password, email, 'password');
      const user = { email, name, ...(await this.newLogin(password)) };
      return this.start(await this.invitations.acceptAsNew(token, user));
    });
  }

  /** @throws AppError UNAUTHENTICATED */
  async refresh(token: string | undefined): Promise<StartedSession> {
    if (token === undefined) throw new AppError('UNAUTHENTICATED', 'You are not signed in.');
    return asIdentity(async () => {
      const open = await this.sessions.rotate(token);
      return this.started(open);
    });
  }

  async logout(token: string | undefined, caller: UserCaller): Promise<void> {
    await asIdentity(() => this.sessions.signOut(caller, token));
  }

  /** Goes over to another organisation of the person's, in the same session. @throws AppError NOT_FOUND */
  switchTo(caller: UserCaller, organizationId: string): Promise<SessionResponse> {
    return asIdentity(async () => {
      const { id, sessionId } = caller;
      await this.organizations.refuseUnlessMember({ userId: id, organizationId });
      await this.prisma.$transaction(async (tx) => {
        await tx.session.updateMany({ where: { id: sessionId, userId: id }, data: { organizationId } });
        await this.audit.record(tx, organizationId, { action: 'session.switch' });
      });
      return this.sessionFor({ id: sessionId, userId: id, organizationId });
    });
  }

  /** @throws AppError VALIDATION_FAILED, UNAUTHENTICATED, RATE_LIMITED */
  stepUp(caller: UserCaller, { password, code }: StepUpBody): Promise<StepUpResponse> {
    return asIdentity(async () => {
      if ((password === undefined) === (code === undefined)) {
        throw validationFailed([{ path: 'password', message: 'Enter either your password or a code.' }]);
      }
      const user = await this.prisma.user.findFirstOrThrow({ where: { id: caller.id } });
      const { address } = currentOrigin();
      await this.limiter.begin(user.email, address ?? '');
      const isProven =
        code === undefined
          ? await this.passwords.isOf(user, password ?? '')
          : await this.secondFactor.accepts(user.id, code);
      if (!isProven) {
        const reason =
          code === undefined ? 'The password is wrong.' : 'The code is wrong or was used already.';
        await this.audit.refused(caller.organizationId, { action: 'session.step_up', reason });
        throw validationFailed([{ path: code === undefined ? 'password' : 'code', message: reason }]);
      }
      await this.limiter.proven(user, code === undefined ? 'password' : 'code', address ?? '');
      const now = new Date();
      await this.prisma.$transaction(async (tx) => {
        await this.sessions.proven(tx, caller, now);
        await this.audit.record(tx, caller.organizationId, { action: 'session.step_up' });
      });
      return { expiresAt: new Date(now.getTime() + STEP_UP_LIFETIME_MS).toISOString() };
    });
  }

  /** @throws AppError UNAUTHENTICATED when the membership is gone */
  me({ id, organizationId, needsSecondFactor }: UserCaller): Promise<MeResponse> {
    return asIdentity(async () => {
      const { user, organizations, hasSecondFactor } = await this.organizations.membershipsOf(id);
      const organization = organizations.find((each) => each.id === organizationId);
      if (organization === undefined) throw noLongerMember();
      const features = { vapiNumbers: this.config.allowVapiNumbers };
      const newSecurityNotices = await this.notices.countNew(id);
      return {
        user,
        organization,
        organizations,
        features,
        hasSecondFactor,
        needsSecondFactor,
        newSecurityNotices,
      };
    });
  }

  /**
   * Who has this address and password, and code where there is a second factor. Every failure counts against guessing, and is written
   * down.
   * @throws AppError UNAUTHENTICATED, SECOND_FACTOR_REQUIRED, RATE_LIMITED
   */
  private async authenticate(email: string, password: string, code: string | undefined): Promise<User> {
    const address = currentOrigin().address ?? '';
    await this.limiter.begin(email, address);
    const user = await this.prisma.user.findFirst({ where: { email } });
    if (!(await this.passwords.isOf(user, password)) || user === null) {
      await this.signInRefused(user, 'The password was wrong, or there is no such account.');
      throw unauthenticated('The email address or the password is wrong.');
    }
    if (user.totpSince !== null) {
      if (code === undefined) {
        // Asking for the code is no failure. It forgives none either: whoever has the password must not guess codes for ever.
        await this.limiter.undone(email, address);
        throw new AppError(
          'SECOND_FACTOR_REQUIRED',
          'Enter the code of your authenticator app, or a recovery code.',
        );
      }
      if (!(await this.secondFactor.accepts(user.id, code))) {
        await this.signInRefused(user, 'The code of the second factor was wrong.');
        throw unauthenticated('The code is wrong or was used already. Enter the newest one.', 'code');
      }
    }
    await this.limiter.succeeded(email, address);
    return user;
  }

  /** The id first: what is kept of the password is bound to it. */
  private async newLogin(password: string): Promise<Pick<User, 'id' | 'passwordHash'>> {
    const id = randomUUIDv7();
    return { id, passwordHash: this.passwords.sealed(id, await hashPassword(password)) };
  }

  private async signInRefused(user: User | null, reason: string): Promise<void> {
    const membership = user === null ? undefined : await this.organizations.firstOf(user.id);
    await this.audit.refused(membership?.organizationId ?? null, {
      action: 'session.start',
      reason,
      ...(user === null ? {} : { target: { type: 'user', id: user.id, name: user.name } }),
    });
  }

  private async start(owner: SessionOwner): Promise<StartedSession> {
    const open = await this.prisma.$transaction(async (tx) => {
      const user = await tx.user.findFirstOrThrow({
        where: { id: owner.userId },
        select: { id: true, name: true },
      });
      await this.auditStart(tx, owner.organizationId, user);
      await notifyOfNewAddress(tx, user.id);
      return this.sessions.start(tx, owner);
    });
    return this.started(open);
  }

  private auditStart(tx: Prisma.TransactionClient, organizationId: string, user: Pick<User, 'id' | 'name'>) {
    return this.audit.record(tx, organizationId, { action: 'session.start', actor: userActor(user) });
  }

  private async started(open: OpenSession): Promise<StartedSession> {
    return { session: await this.sessionFor(open), refreshToken: open.refreshToken };
  }

  /** For an organisation that the person has left since, the one joined first. */
  private async sessionFor({
    id,
    userId,
    organizationId,
  }: Pick<OpenSession, 'id' | 'userId' | 'organizationId'>): Promise<SessionResponse> {
    const { user, organizations } = await this.organizations.membershipsOf(userId);
    const organization = organizations.find((each) => each.id === organizationId) ?? organizations[0];
    if (organization === undefined) throw noLongerMember();
    const claims: AccessTokenClaims = { sub: user.id, sid: id, org: organization.id };
    const accessToken = await this.jwt.signAsync(claims, { expiresIn: ACCESS_TOKEN_LIFETIME_S });
    return { accessToken, expiresIn: ACCESS_TOKEN_LIFETIME_S, user, organization };
  }
}

const unauthenticated = (detail: string, path?: string): AppError =>
  new AppError('UNAUTHENTICATED', detail, path === undefined ? {} : { errors: [{ path, message: detail }] });

const noLongerMember = () =>
  new AppError('UNAUTHENTICATED', 'You no longer belong to this organisation. Sign in again.');

const addressTaken = () =>
  validationFailed([
    { path: 'email', message: 'This address has an account already. Sign in, or use another one.' },
  ]);
