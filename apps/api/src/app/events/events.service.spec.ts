import { EventEmitter, once } from 'node:events';
import type { AppConfig } from '../config/app-config';
import type { SharedRedis } from '../redis/redis.module';
import { StopService } from '../stop/stop.service';
import { EventsService } from './events.service';

/** Connections of which the one that listens stands as soon as anything else runs, as on a machine that is slow to start. */
class FastRedis {
  readonly subscribed: string[] = [];
  readonly connection = { publish: () => Promise.resolve() };
  private readonly line = Object.assign(new EventEmitter(), {
    subscribe: (channel: string) => Promise.resolve(this.subscribed.push(channel)),
  });

  listener(): EventEmitter {
    queueMicrotask(() => this.line.emit('ready'));
    return this.line;
  }

  tell(text: string): void {
    this.line.emit('message', 'voxreach:changes', text);
  }
}

test('What other replicas tell is heard though Redis answers before the server has started', async () => {
  const redis = new FastRedis();
  const events = new EventsService(redis as unknown as SharedRedis, new StopService({} as AppConfig));
  await Promise.resolve();
  expect(redis.subscribed).toEqual(['voxreach:changes']);

  const stream = events.stream('acme');
  const [greeting] = (await once(stream, 'data')) as [Buffer];
  expect(greeting.toString()).toContain('listening');
  redis.tell('{"organizationId":"acme","event":{"type":"phone_number","id":"1"}}');
  const [told] = (await once(stream, 'data')) as [Buffer];
  expect(told.toString()).toContain('"id":"1"');
  stream.destroy();
});
