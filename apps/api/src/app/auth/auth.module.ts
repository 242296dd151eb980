import { Module, type OnApplicationBootstrap } from '@nestjs/common';
import { APP_GUARD, APP_INTERCEPTOR } from '@nestjs/core';
import { JwtModule } from '@nestjs/jwt';
import { PassportModule } from '@nestjs/passport';
import { ApiKeysModule } from '../api-keys/api-keys.module';
import { AppConfig } from '../config/app-config';
import { type JobKind, JobsService } from '../jobs/jobs.service';
import { OrganizationsModule } from '../organizations/organizations.module';
import { asIdentity } from '../prisma/scope';
import { AccessGuard } from './access.guard';
import { AccountController } from './account.controller';
import { AccountRemovalService } from './account-removal.service';
import { AccountService } from './account.service';
import { AuthController } from './auth.controller';
import { AuthService } from './auth.service';
import { CallerGuard } from './caller.guard';
import { JwtStrategy } from './jwt.strategy';
import { Passwords } from './passwords';
import { RateLimitGuard } from './rate-limit.guard';
import { RequestScopeInterceptor } from './request-scope.interceptor';
import { SealingService } from './sealing.service';
import { SecondFactorService } from './second-factor.service';
import { SecurityNoticesService } from './security-notices.service';
import { SessionsService } from './sessions.service';
import { SignInLimiter } from './sign-in-limiter';

const FORGET_SESSIONS: JobKind<object> = { name: 'forget-sessions' };

const FORGET_SECURITY_NOTICES: JobKind<object> = { name: 'forget-security-notices' };

@Module({
  imports: [
    ApiKeysModule,
    OrganizationsModule,
    PassportModule,
    JwtModule.registerAsync({
      inject: [AppConfig],
      useFactory: ({ keys: { present } }: AppConfig) => ({
        secret: present.accessTokens,
        signOptions: { algorithm: 'HS256', keyid: present.id },
      }),
    }),
  ],
  controllers: [AuthController, AccountController],
  providers: [
    AuthService,
    AccountService,
    AccountRemovalService,
    SessionsService,
    SecondFactorService,
    SecurityNoticesService,
    SealingService,
    Passwords,
    SignInLimiter,
    JwtStrategy,
    // In this order: the limit counts callers, whom the first guard makes known, and what they are refused, which is written down.
    { provide: APP_GUARD, useClass: CallerGuard },
    { provide: APP_GUARD, useClass: RateLimitGuard },
    { provide: APP_GUARD, useClass: AccessGuard },
    { provide: APP_INTERCEPTOR, useClass: RequestScopeInterceptor },
  ],
  exports: [AuthService],
})
export class AuthModule implements OnApplicationBootstrap {
  constructor(
    private readonly jobs: JobsService,
    private readonly sessions: SessionsService,
    private readonly notices: SecurityNoticesService,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.jobs.work(FORGET_SESSIONS, () => asIdentity(() => this.sessions.forgetExpired()), {
      schedule: '41 * * * *',
    });
    await this.jobs.work(FORGET_SECURITY_NOTICES, () => asIdentity(() => this.notices.forgetOld()), {
      schedule: '17 3 * * *',
    });
  }
}
