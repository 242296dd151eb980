import { Module, type OnApplicationBootstrap } from '@nestjs/common';
import { type JobKind, JobsService } from '../jobs/jobs.service';
import { IdempotencyService } from './idempotency.service';

const FORGET_KEYS: JobKind<object> = { name: 'forget-idempotency-keys' };

@Module({ providers: [IdempotencyService], exports: [IdempotencyService] })
export class IdempotencyModule implements OnApplicationBootstrap {
  constructor(
    private readonly jobs: JobsService,
    private readonly idempotency: IdempotencyService,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.jobs.work(FORGET_KEYS, () => this.idempotency.forgetOld(), { schedule: '23 * * * *' });
  }
}
