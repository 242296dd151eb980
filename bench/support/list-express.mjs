/**
 * The list of numbers as most would write it: Express, the token verified by a middleware, and Prisma with `include`, as the owner of the
 * tables. There is no row-level security here, which ours pays for; nor limits, nor a look at who the caller still is.
 */
import { PrismaPg } from '@prisma/adapter-pg';
import express from 'express';
import jsonwebtoken from 'jsonwebtoken';
import { importBundled } from './bundle.mjs';

const { PrismaClient } = await importBundled('apps/api/src/generated/prisma/client.ts');
const prisma = new PrismaClient({
  adapter: new PrismaPg({ connectionString: process.env.DATABASE_URL, max: 10 }),
});
const app = express();

app.use((request, response, next) => {
  try {
    const token = request.headers.authorization?.slice('Bearer '.length) ?? '';
    request.organizationId = jsonwebtoken.verify(token, process.env.JWT_SECRET, {
      algorithms: ['HS256'],
    }).org;
    next();
  } catch {
    response.status(401).json({ message: 'Unauthorized' });
  }
});

app.get('/api/phone-numbers', async (request, response) => {
  const { cursor } = request.query;
  const rows = await prisma.phoneNumber.findMany({
    where: { organizationId: request.organizationId },
    include: { agent: true, credential: true },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: 26,
    ...(cursor === undefined ? {} : { cursor: { id: cursor }, skip: 1 }),
  });
  const items = rows.slice(0, 25);
  response.json({ items: items.map(toJson), nextCursor: rows.length > 25 ? items.at(-1).id : null });
});

const reference = (row) => (row === null ? null : { id: row.id, name: row.name });

function toJson(row) {
  const { id, provider, number, sipUri, name, status, fallbackNumber, createdAt, updatedAt } = row;
  return {
    ...{ id, provider, number, sipUri, name, status, fallbackNumber, createdAt, updatedAt },
    agent: reference(row.agent),
    credential: reference(row.credential),
  };
}

const server = app.listen(0, '127.0.0.1', () => {
  console.log(`http://localhost:${server.address().port}`);
});
