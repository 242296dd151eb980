import { Module } from '@nestjs/common';
import { ReferablesModule } from '../referables/referables.module';
import { VapiModule } from '../vapi/vapi.module';
import { CredentialsController } from './credentials.controller';
import { CredentialsService } from './credentials.service';

@Module({
  imports: [ReferablesModule, VapiModule],
  controllers: [CredentialsController],
  providers: [CredentialsService],
  exports: [CredentialsService],
})
export class CredentialsModule {}
