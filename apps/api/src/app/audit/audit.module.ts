import { Global, Module } from '@nestjs/common';
import { AuditController } from './audit.controller';
import { AuditEntriesService } from './audit-entries.service';
import { AuditRetentionService } from './audit-retention.service';
import { AuditService } from './audit.service';
import { RefusalsService } from './refusals.service';

/** For every feature: whatever changes something writes it down. */
@Global()
@Module({
  controllers: [AuditController],
  providers: [AuditService, AuditEntriesService, AuditRetentionService, RefusalsService],
  exports: [AuditService, AuditEntriesService, RefusalsService],
})
export class AuditModule {}
