import { type DynamicModule, Module } from '@nestjs/common';
import { AgentsModule } from './agents/agents.module';
import { ApiKeysModule } from './api-keys/api-keys.module';
import { AuditModule } from './audit/audit.module';
import { AuthModule } from './auth/auth.module';
import { LoggingModule } from './common/logging.module';
import { AppConfig } from './config/app-config';
import { ConfigModule } from './config/config.module';
import { CredentialsModule } from './credentials/credentials.module';
import { DemoModule } from './demo/demo.module';
import { EventsModule } from './events/events.module';
import { HealthModule } from './health/health.module';
import { JobsModule } from './jobs/jobs.module';
import { LimitsModule } from './limits/limits.module';
import { MetricsModule } from './metrics/metrics.module';
import { OrganizationsModule } from './organizations/organizations.module';
import { PhoneNumbersModule } from './phone-numbers/phone-numbers.module';
import type { Database } from './prisma/database';
import { PrismaModule } from './prisma/prisma.module';
import { RecoveryModule } from './recovery/recovery.module';
import { RedisModule } from './redis/redis.module';
import { StopModule } from './stop/stop.module';
import { WebhooksModule } from './webhooks/webhooks.module';

/** The table of contents. */
@Module({})
export class AppModule {
  static of(config: AppConfig, database: Database): DynamicModule {
    return {
      module: AppModule,
      imports: [
        ConfigModule.of(config),
        LoggingModule,
        PrismaModule.of(database),
        StopModule,
        MetricsModule,
        JobsModule,
        RedisModule,
        LimitsModule,
        EventsModule,
        AuditModule,
        OrganizationsModule,
        ApiKeysModule,
        AuthModule,
        AgentsModule,
        CredentialsModule,
        PhoneNumbersModule,
        RecoveryModule,
        WebhooksModule,
        HealthModule,
        ...(config.useSandbox ? [DemoModule] : []),
      ],
    };
  }
}
