import { Readable } from 'node:stream';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { ChangeEvent } from '@voxreach/contracts';
import { filter, interval, map, merge, Subject, takeUntil, timer } from 'rxjs';
import { SharedRedis } from '../redis/redis.module';
import { StopService } from '../stop/stop.service';

const CHANNEL = 'voxreach:changes';

/** A sign of life, so that proxies keep the connection, in milliseconds. */
const HEARTBEAT_MS = 20_000;

/** A stream ends after this and the client opens another, so that a session that has ended hears nothing for long; in milliseconds. */
const LIFETIME_MS = 5 * 60_000;

interface Change {
  organizationId: string;
  event: ChangeEvent;
}

/** Tells browsers what has changed, on all replicas where there is a Redis. What is lost is no harm: clients load what they show. */
@Injectable()
export class EventsService implements OnApplicationShutdown {
  private readonly changes = new Subject<Change>();
  private readonly listener = this.redis.listener();

  constructor(
    private readonly redis: SharedRedis,
    private readonly stop: StopService,
  ) {
    // At once, since the connection is under way: one that stands before anybody waits for it would never be subscribed.
    this.listener?.on('message', (_channel, text) => this.changes.next(JSON.parse(text) as Change));
    // Each time the connection is made anew.
    this.listener?.on('ready', () => void this.listener?.subscribe(CHANNEL).catch(() => undefined));
  }

  onApplicationShutdown(): void {
    this.listener?.disconnect();
  }

  /** Once the change is committed. Never fails, and nobody waits for it. */
  publish(organizationId: string, event: ChangeEvent): void {
    const change: Change = { organizationId, event };
    const { connection } = this.redis;
    if (connection === undefined) this.changes.next(change);
    // A replica that cannot reach Redis still tells its own clients.
    else connection.publish(CHANNEL, JSON.stringify(change)).catch(() => this.changes.next(change));
  }

  /** The changes of one organisation from now on, as server-sent events. */
  stream(organizationId: string): Readable {
    const lines = merge(
      this.changes.pipe(
        filter((change) => change.organizationId === organizationId),
        map(({ event }) => `event: change\ndata: ${JSON.stringify(event)}\n\n`),
      ),
      interval(HEARTBEAT_MS).pipe(map(() => ': still here\n\n')),
      // A stop waits for every answer that is under way.
    ).pipe(takeUntil(merge(this.stop.closing, timer(LIFETIME_MS))));
    const readable = new Readable({ read: () => undefined });
    readable.push(': listening\n\n');
    const subscription = lines.subscribe({
      next: (line) => readable.push(line),
      complete: () => readable.push(null),
    });
    readable.once('close', () => subscription.unsubscribe());
    return readable;
  }
}
