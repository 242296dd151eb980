import { Module } from '@nestjs/common';
import { VapiModule } from '../vapi/vapi.module';
import { ReferablesService } from './referables.service';

@Module({ imports: [VapiModule], providers: [ReferablesService], exports: [ReferablesService] })
export class ReferablesModule {}
