import { Module } from '@nestjs/common';
import { AgentsModule } from '../agents/agents.module';
import { CredentialsModule } from '../credentials/credentials.module';
import { EventsModule } from '../events/events.module';
import { PhoneNumbersModule } from '../phone-numbers/phone-numbers.module';
import { RecoveryService } from './recovery.service';

@Module({
  imports: [EventsModule, PhoneNumbersModule, CredentialsModule, AgentsModule],
  providers: [RecoveryService],
})
export class RecoveryModule {}
