import { setTimeout as wait } from 'node:timers/promises';
import { type BeforeApplicationShutdown, Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import { ReplaySubject } from 'rxjs';
import { AppConfig } from '../config/app-config';

/**
 * A stop goes in three steps: for the time of the drain the process still takes requests, but says that it is not ready, and keeps no
 * connection; then it closes its port and ends what it has taken; and what is under way when the time is over is cut off.
 */
@Injectable()
export class StopService implements OnModuleDestroy, BeforeApplicationShutdown {
  /** From the moment at which the process is asked to stop. */
  isStopping = false;
  /** Emits when the port closes, and at once to whoever subscribes later. */
  readonly closing = new ReplaySubject<void>(1);
  private readonly logger = new Logger('Stop');
  private drained: Promise<unknown> | undefined;

  constructor(private readonly config: AppConfig) {}

  onModuleDestroy(): void {
    const { drainMs, timeoutMs } = this.config.stop;
    this.isStopping = true;
    this.drained = wait(drainMs);
    setTimeout(() => {
      this.logger.warn('The stop has taken too long: what is under way is cut off, and recovery settles it');
      // As if it had been killed, which is what recovery is made for; but the stop was asked for.
      process.exit(0);
    }, timeoutMs).unref();
  }

  /** The drain goes on while jobs end. */
  async beforeApplicationShutdown(): Promise<void> {
    await this.drained;
  }
}
