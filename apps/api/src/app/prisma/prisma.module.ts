import { type DynamicModule, Global, Module } from '@nestjs/common';
import { ClaimsService } from './claims.service';
import type { Database } from './database';
import { DATABASE, PrismaService } from './prisma.service';

/** The database, for every feature. */
@Global()
@Module({})
export class PrismaModule {
  static of(database: Database): DynamicModule {
    return {
      module: PrismaModule,
      providers: [{ provide: DATABASE, useValue: database }, PrismaService, ClaimsService],
      exports: [DATABASE, PrismaService, ClaimsService],
    };
  }
}
