import { Module, type OnApplicationBootstrap } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { JwtModule } from '@nestjs/jwt';
import { PassportModule } from '@nestjs/passport';
import { AppConfig } from '../config/app-config';
import { type JobKind, JobsService } from '../jobs/jobs.service';
import { OrganizationsModule } from '../organizations/organizations.module';
import { AuthController } from './auth.controller';
import { AuthService } from './auth.service';
import { JwtAuthGuard } from './jwt-auth.guard';
import { JwtStrategy } from './jwt.strategy';
import { RateLimitGuard } from './rate-limit.guard';
import { RefreshTokensService } from './refresh-tokens.service';
import { SignInLimiter } from './sign-in-limiter';

const FORGET_TOKENS: JobKind<object> = { name: 'forget-refresh-tokens' };

@Module({
  imports: [
    OrganizationsModule,
    PassportModule,
    JwtModule.registerAsync({
      inject: [AppConfig],
      useFactory: (config: AppConfig) => ({ secret: config.jwtSecret, signOptions: { algorithm: 'HS256' } }),
    }),
  ],
  controllers: [AuthController],
  providers: [
    AuthService,
    RefreshTokensService,
    SignInLimiter,
    JwtStrategy,
    // In this order: the limit counts users, whom the first guard makes known.
    { provide: APP_GUARD, useClass: JwtAuthGuard },
    { provide: APP_GUARD, useClass: RateLimitGuard },
  ],
  exports: [AuthService],
})
export class AuthModule implements OnApplicationBootstrap {
  constructor(
    private readonly jobs: JobsService,
    private readonly refreshTokens: RefreshTokensService,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.jobs.work(FORGET_TOKENS, () => this.refreshTokens.forgetExpired(), { schedule: '41 * * * *' });
  }
}
