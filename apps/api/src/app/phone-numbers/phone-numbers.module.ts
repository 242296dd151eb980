import { Module } from '@nestjs/common';
import { CredentialsModule } from '../credentials/credentials.module';
import { EventsModule } from '../events/events.module';
import { IdempotencyModule } from '../idempotency/idempotency.module';
import { ReferablesModule } from '../referables/referables.module';
import { VapiModule } from '../vapi/vapi.module';
import { PhoneNumberImportService } from './phone-number-import.service';
import { PhoneNumberRemovalService } from './phone-number-removal.service';
import { PhoneNumberSettlementService } from './phone-number-settlement.service';
import { PhoneNumberStatusService } from './phone-number-status.service';
import { PhoneNumberUpdateService } from './phone-number-update.service';
import { PhoneNumbersController } from './phone-numbers.controller';
import { PhoneNumbersService } from './phone-numbers.service';
import { WebhookCredentialService } from './webhook-credential.service';

@Module({
  imports: [EventsModule, VapiModule, CredentialsModule, IdempotencyModule, ReferablesModule],
  controllers: [PhoneNumbersController],
  providers: [
    PhoneNumbersService,
    PhoneNumberImportService,
    PhoneNumberUpdateService,
    PhoneNumberRemovalService,
    PhoneNumberStatusService,
    PhoneNumberSettlementService,
    WebhookCredentialService,
  ],
  exports: [PhoneNumberSettlementService, PhoneNumberStatusService, WebhookCredentialService],
})
export class PhoneNumbersModule {}
