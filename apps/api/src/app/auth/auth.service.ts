import { Injectable } from '@nestjs/common';
import { JwtService } from '@nestjs/jwt';
import type { LoginBody, MeResponse, RegisterBody, SessionResponse } from '@voxreach/contracts';
import { AppError } from '../common/app-error';
import { validationFailed } from '../common/dto.pipe';
import { AppConfig } from '../config/app-config';
import { OrganizationsService } from '../organizations/organizations.service';
import { isUniqueViolation } from '../prisma/prisma-errors';
import { PrismaService } from '../prisma/prisma.service';
import type { AccessTokenClaims } from './jwt.strategy';
import { hashPassword, isPasswordOf } from './passwords';
import { RefreshTokensService } from './refresh-tokens.service';
import type { Session } from './session';
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

/** Sign-up, sign-in and the renewal of sessions. */
@Injectable()
export class AuthService {
  constructor(
    private readonly prisma: PrismaService,
    private readonly organizations: OrganizationsService,
    private readonly refreshTokens: RefreshTokensService,
    private readonly limiter: SignInLimiter,
    private readonly jwt: JwtService,
    private readonly config: AppConfig,
  ) {}

  /** @throws AppError FORBIDDEN when sign-up is off, VALIDATION_FAILED when the address is taken */
  async register(body: RegisterBody): Promise<StartedSession> {
    if (!this.config.allowSignup) {
      throw new AppError('FORBIDDEN', 'Sign-up is switched off here. Ask your administrator for an account.');
    }
    return this.start(await this.createAccount(body));
  }

  /**
   * An organisation with its owner.
   * @throws AppError VALIDATION_FAILED when the address is taken
   */
  async createAccount({ organizationName, name, email, password }: RegisterBody): Promise<SessionOwner> {
    const owner = { email: email.toLowerCase(), name, passwordHash: await hashPassword(password) };
    try {
      return await this.organizations.createWithOwner(organizationName, owner);
    } catch (error) {
      if (!isUniqueViolation(error)) throw error;
      throw validationFailed([
        { path: 'email', message: 'This address has an account already. Sign in, or use another one.' },
      ]);
    }
  }

  /** @throws AppError UNAUTHENTICATED, RATE_LIMITED */
  async login(body: LoginBody): Promise<StartedSession> {
    const email = body.email.toLowerCase();
    await this.limiter.begin(email);
    const user = await this.prisma.user.findUnique({ where: { email } });
    const matches = await isPasswordOf(user, body.password);
    const membership = user !== null && matches ? await this.organizations.firstOf(user.id) : undefined;
    if (membership === undefined) {
      throw new AppError('UNAUTHENTICATED', 'The email address or the password is wrong.');
    }
    await this.limiter.succeeded(email);
    return this.start(membership);
  }

  /** @throws AppError UNAUTHENTICATED */
  async refresh(token: string | undefined): Promise<StartedSession> {
    if (token === undefined) throw new AppError('UNAUTHENTICATED', 'You are not signed in.');
    const { token: next, owner } = await this.refreshTokens.rotate(token);
    const session = await this.sessionFor(owner);
    return { session, refreshToken: next };
  }

  async logout(token: string | undefined): Promise<void> {
    if (token !== undefined) await this.refreshTokens.revoke(token);
  }

  /** @throws AppError UNAUTHENTICATED when the membership is gone */
  async me({ userId, organizationId }: Session): Promise<MeResponse> {
    const { user, organization } = await this.organizations.membership({ userId, organizationId });
    return { user, organization, features: { vapiNumbers: this.config.allowVapiNumbers } };
  }

  private async start(owner: SessionOwner): Promise<StartedSession> {
    const [session, refreshToken] = await Promise.all([
      this.sessionFor(owner),
      this.refreshTokens.issue(owner),
    ]);
    return { session, refreshToken };
  }

  private async sessionFor(owner: SessionOwner): Promise<SessionResponse> {
    const { user, organization } = await this.organizations.membership(owner);
    const claims: AccessTokenClaims = { sub: user.id, org: organization.id, role: organization.role };
    const accessToken = await this.jwt.signAsync(claims, { expiresIn: ACCESS_TOKEN_LIFETIME_S });
    return { accessToken, expiresIn: ACCESS_TOKEN_LIFETIME_S, user, organization };
  }
}
