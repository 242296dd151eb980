import { Global, Module } from '@nestjs/common';
import { LimitersService } from './limiters.service';
import { QuotasService } from './quotas.service';

/** Limits of how often, shared by all replicas where there is a Redis, and of how many. */
@Global()
@Module({ providers: [LimitersService, QuotasService], exports: [LimitersService, QuotasService] })
export class LimitsModule {}
