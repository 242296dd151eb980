import fastify from 'fastify';
import type { Pool } from 'pg';
import { MetricsService } from '../metrics/metrics.service';
import type { Database } from '../prisma/database';
import type { PrismaService } from '../prisma/prisma.service';
import { shedLoad } from './shed-load';

/** A server whose database has so many requests waiting for its two connections. */
async function serverWith(waitingCount: number) {
  const metrics = new MetricsService({} as Database, {} as PrismaService);
  const server = fastify();
  await shedLoad(server, metrics, { waitingCount, options: { max: 2 } } as Pool);
  for (const path of ['/api/phone-numbers', '/api/health/live']) server.get(path, async () => ({}));
  const shed = async () =>
    (await metrics.registry.getSingleMetric('voxreach_requests_shed_total')?.get())?.values;
  return { server, shed };
}

it('Requests are refused at once, and when to come again is said, while too many wait for the database', async () => {
  const { server, shed } = await serverWith(101);
  const reply = await server.inject('/api/phone-numbers');
  expect(reply.statusCode).toBe(503);
  expect(reply.headers['retry-after']).toBe('5');
  expect(reply.json()).toMatchObject({ code: 'UPSTREAM_UNAVAILABLE' });
  expect(await shed()).toEqual([{ labels: { reason: 'database' }, value: 1 }]);
});

it('Health is told all the same', async () => {
  const { server } = await serverWith(101);
  expect((await server.inject('/api/health/live')).statusCode).toBe(200);
});

it('Nobody is refused while the waiting ones will be served within a second', async () => {
  const { server, shed } = await serverWith(100);
  expect((await server.inject('/api/phone-numbers')).statusCode).toBe(200);
  expect(await shed()).toEqual([]);
});
