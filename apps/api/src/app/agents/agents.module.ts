import { Module } from '@nestjs/common';
import { ReferablesModule } from '../referables/referables.module';
import { VapiModule } from '../vapi/vapi.module';
import { AgentsController } from './agents.controller';
import { AgentsService } from './agents.service';

@Module({
  imports: [ReferablesModule, VapiModule],
  controllers: [AgentsController],
  providers: [AgentsService],
  exports: [AgentsService],
})
export class AgentsModule {}
