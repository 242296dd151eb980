import { Global, Module } from '@nestjs/common';
import { StopService } from './stop.service';

@Global()
@Module({ providers: [StopService], exports: [StopService] })
export class StopModule {}
