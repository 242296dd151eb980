import { Global, Module } from '@nestjs/common';
import { LimitersService } from './limiters.service';

/** Limits of how often, shared by all replicas where there is a Redis. */
@Global()
@Module({ providers: [LimitersService], exports: [LimitersService] })
export class LimitsModule {}
