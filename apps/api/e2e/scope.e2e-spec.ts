import { Prisma } from '../src/generated/prisma/client';
import { PrismaService } from '../src/app/prisma/prisma.service';
import { asIdentity, asJobs, asOwner, inOrganization } from '../src/app/prisma/scope';
import { createScopedPool } from '../src/app/prisma/scoped-pool';
import { useApi } from './support/api';
import { serverUrl } from './support/test-database';
import { randomId } from './support/builders';

const api = useApi();

/** Numbers that each organisation has. */
const EACH = 3;

let organizations: string[];

beforeAll(async () => {
  organizations = (await Promise.all(['A', 'B', 'C', 'D'].map((name) => api.organization(name)))).map(
    ({ id }) => id,
  );
  for (const id of organizations)
    await api.db.query(
      `INSERT INTO phone_numbers (id, organization_id, provider, number, name, lifecycle)
       SELECT gen_random_uuid(), $1, 'twilio', '+1202555' || (1000 + i), 'Line ' || i, 'live' FROM generate_series(1, $2::int) AS i`,
      [id, EACH],
    );
});

/** The application's own way to the database, over so many connections. */
function openPrisma(settings: { max: number; query_timeout?: number }) {
  const pool = createScopedPool({ ...api.database.address, ...settings });
  pool.on('error', () => undefined);
  const close = () => pool.end();
  return {
    pool,
    prisma: new PrismaService({
      pool,
      ownerPool: pool,
      isEmbedded: false,
      hasSessions: serverUrl !== undefined,
      close,
    }),
  };
}

type Opened = ReturnType<typeof openPrisma>;

const opened: Opened[] = [];
function open(settings: { max: number; query_timeout?: number }): Opened {
  const each = openPrisma(settings);
  opened.push(each);
  return each;
}
afterEach(async () => {
  for (const { prisma } of opened.splice(0)) await prisma.onApplicationShutdown();
});

const organizationAt = (index: number): string => organizations[index % organizations.length] ?? '';

const ownersOf = (rows: { organizationId: string }[]): string[] =>
  rows.map(({ organizationId }) => organizationId);

const own = (organizationId: string): string[] => Array<string>(EACH).fill(organizationId);

/** Who the database takes a statement for. */
interface Standing {
  role: string;
  organizationId: string | null;
}
const WHO = Prisma.sql`SELECT current_user::text AS role, current_setting('voxreach.organization_id', true) AS "organizationId"`;

describe('A query of an organisation', () => {
  test('that forgets its condition sees its own rows only, however it is made', async () => {
    const { prisma } = open({ max: 4 });
    const a = organizationAt(0);
    await inOrganization(a, async () => {
      expect(ownersOf(await prisma.phoneNumber.findMany())).toEqual(own(a));
      expect(await prisma.phoneNumber.count()).toBe(EACH);
      expect(await prisma.organization.findMany({ select: { id: true } })).toEqual([{ id: a }]);
      const raw = Prisma.sql`SELECT organization_id AS "organizationId" FROM phone_numbers`;
      expect(ownersOf(await prisma.$queryRaw<{ organizationId: string }[]>(raw))).toEqual(own(a));
      await prisma.$transaction(async (tx) => {
        expect(ownersOf(await tx.phoneNumber.findMany())).toEqual(own(a));
        expect(ownersOf(await tx.$queryRaw<{ organizationId: string }[]>(raw))).toEqual(own(a));
      });
      await prisma.write(async (tx) => {
        expect(ownersOf(await tx.$queryRaw<{ organizationId: string }[]>(raw))).toEqual(own(a));
      });
    });
  });

  test('that forgets its condition changes and deletes its own rows only', async () => {
    const { prisma } = open({ max: 4 });
    const [a, b] = [organizationAt(0), organizationAt(1)];
    const undone = new Error('undone');
    const changes = inOrganization(a, () =>
      prisma.$transaction(async (tx) => {
        expect(await tx.phoneNumber.updateMany({ data: { name: 'Mine' } })).toEqual({ count: EACH });
        expect(await tx.phoneNumber.deleteMany()).toEqual({ count: EACH });
        throw undone;
      }),
    );
    await expect(changes).rejects.toBe(undone);
    const taken = inOrganization(a, () => prisma.phoneNumber.updateMany({ data: { organizationId: b } }));
    await expect(taken).rejects.toThrow(/row-level security/);
    const written = inOrganization(a, () =>
      prisma.write((tx) => tx.$executeRaw`UPDATE phone_numbers SET organization_id = ${b}::uuid`),
    );
    await expect(written).rejects.toThrow(/row-level security/);
    const planted = inOrganization(a, () =>
      prisma.agent.create({ data: { organizationId: b, name: 'Planted' } }),
    );
    await expect(planted).rejects.toThrow(/row-level security/);
    for (const id of [a, b])
      expect(ownersOf(await inOrganization(id, () => prisma.phoneNumber.findMany()))).toEqual(own(id));
  });

  test('is of that organisation alone when scopes lie inside each other', async () => {
    const { prisma } = open({ max: 4 });
    const [a, b] = [organizationAt(0), organizationAt(1)];
    await inOrganization(a, async () => {
      expect(ownersOf(await inOrganization(b, () => prisma.phoneNumber.findMany()))).toEqual(own(b));
      expect(await asJobs(() => prisma.phoneNumber.count())).toBeGreaterThan(EACH);
      await expect(asIdentity(() => prisma.phoneNumber.count())).rejects.toThrow(/permission denied/);
      expect(ownersOf(await prisma.phoneNumber.findMany())).toEqual(own(a));
    });
  });

  test('cannot be begun for an id that is none', () => {
    const { prisma } = open({ max: 1 });
    for (const id of ['', 'acme', `${organizationAt(0)}'; SET ROLE NONE; --`])
      expect(() => inOrganization(id, () => prisma.phoneNumber.count())).toThrow('UUID');
  });
});

test('A query outside of any scope is not made, and takes no connection with it', async () => {
  const { prisma, pool } = open({ max: 2 });
  for (let attempt = 0; attempt < 10; attempt++) {
    await expect(prisma.phoneNumber.findMany()).rejects.toThrow('outside of any scope');
    await expect(prisma.$queryRaw(WHO)).rejects.toThrow('outside of any scope');
    await expect(prisma.write((tx) => tx.$queryRaw(WHO))).rejects.toThrow('outside of any scope');
    await expect(prisma.$transaction((tx) => tx.phoneNumber.findMany())).rejects.toThrow(
      'outside of any scope',
    );
  }
  expect(pool.totalCount - pool.idleCount).toBe(0);
  expect(await inOrganization(organizationAt(0), () => prisma.phoneNumber.count())).toBe(EACH);
});

test('A batch, which Prisma would send in the scope of whoever asked first, is refused', async () => {
  const { prisma } = open({ max: 1 });
  await inOrganization(organizationAt(0), () => {
    expect(() => prisma.$transaction([prisma.phoneNumber.findMany()])).toThrow('around a function');
    return Promise.resolve();
  });
});

test('Hundreds of queries and transactions of several organisations at once never mix', async () => {
  const { prisma, pool } = open({ max: 5 });
  const raw = Prisma.sql`SELECT organization_id AS "organizationId" FROM phone_numbers`;
  const seen: { organizationId: string; owners: string[] }[] = [];

  const works: ((
    organizationId: string,
    note: (rows: { organizationId: string }[]) => void,
  ) => Promise<unknown>)[] = [
    async (_id, note) => note(await prisma.phoneNumber.findMany()),
    async (_id, note) => note(await prisma.$queryRaw<{ organizationId: string }[]>(raw)),
    (id, note) =>
      prisma.$transaction(async (tx) => {
        note(await tx.phoneNumber.findMany());
        await tx.phoneNumber.updateMany({ data: { name: id } });
        note(await tx.$queryRaw<{ organizationId: string }[]>(raw));
        note(await tx.phoneNumber.findMany({ where: { name: id } }));
      }),
    (id, note) =>
      prisma.write(async (tx) => {
        const [before, count, after] = await Promise.all([
          tx.$queryRaw<{ organizationId: string }[]>(raw),
          tx.$executeRaw`UPDATE phone_numbers SET name = ${id}`,
          tx.$queryRaw<{ organizationId: string }[]>(raw),
        ]);
        expect(count).toBe(EACH);
        note(before);
        note(after);
      }),
    (_id, note) =>
      expect(
        prisma.$transaction(async (tx) => {
          note(await tx.phoneNumber.findMany());
          throw new Error('taken back');
        }),
      ).rejects.toThrow('taken back'),
    () => expect(prisma.$queryRaw`SELECT 1 / 0`).rejects.toThrow('division by zero'),
    () => expect(prisma.$transaction((tx) => tx.$queryRaw`SELECT nothing`)).rejects.toThrow('nothing'),
    (id) =>
      asIdentity(async () => {
        expect(await prisma.organization.count({ where: { id } })).toBe(1);
        await expect(prisma.agent.count()).rejects.toThrow('permission denied');
      }),
  ];

  await Promise.all(
    Array.from({ length: 400 }, (_, index) => {
      const organizationId = organizationAt(index);
      const work = works[Math.floor(index / organizations.length) % works.length];
      return inOrganization(organizationId, async () =>
        work?.(organizationId, (rows) => seen.push({ organizationId, owners: ownersOf(rows) })),
      );
    }),
  );

  expect(seen.length).toBeGreaterThan(300);
  for (const { organizationId, owners } of seen) expect(owners).toEqual(own(organizationId));
  const { rows } = await api.db.query<{ name: string; organizationId: string }>(
    'SELECT name, organization_id AS "organizationId" FROM phone_numbers',
  );
  for (const { name, organizationId } of rows) expect(name).toBe(organizationId);
  expect(pool.totalCount - pool.idleCount).toBe(0);
}, 120_000);

describe('After a failure', () => {
  const [NOBODY, clean] = [null, { role: 'postgres', organizationId: '' }] as const;

  /** Whom the one connection of a pool is taken for between two transactions. */
  async function standingBetween({ pool }: Opened): Promise<Standing> {
    const client = await pool.connect();
    try {
      const { rows } = await client.query<Standing>(
        `SELECT (CASE WHEN current_user = session_user THEN 'postgres' ELSE current_user END)::text AS role,
           coalesce(current_setting('voxreach.organization_id', true), '') AS "organizationId"`,
      );
      return rows[0] ?? { role: 'nobody', organizationId: NOBODY };
    } finally {
      client.release();
    }
  }

  const failures: [string, (opened: Opened) => Promise<unknown>][] = [
    ['of a statement', ({ prisma }) => prisma.$queryRaw`SELECT 1 / 0`],
    ['of what is no statement', ({ prisma }) => prisma.$queryRawUnsafe('SELEC')],
    [
      'of a statement without the right to it',
      ({ prisma }) => prisma.$queryRaw`SELECT password_hash FROM users`,
    ],
    [
      'of a unique index',
      ({ prisma }) =>
        prisma.phoneNumber.createMany({
          data: [1, 2].map(() => ({
            organizationId: organizationAt(0),
            provider: 'twilio',
            name: 'Twice',
            number: '+12025559999',
          })),
        }),
    ],
    [
      'of a reference',
      ({ prisma }) =>
        prisma.phoneNumber.create({
          data: {
            organizationId: organizationAt(0),
            provider: 'twilio',
            name: 'Agentless',
            agentId: randomId(),
          },
        }),
    ],
    [
      'inside of a transaction over the driver',
      ({ prisma }) =>
        prisma.write(async (tx) => {
          await tx.$executeRaw`DELETE FROM phone_numbers`;
          await tx.$queryRaw`SELECT 1 / 0`;
        }),
    ],
    [
      'among statements that go out together',
      ({ prisma }) =>
        prisma.write((tx) =>
          Promise.all([
            tx.$executeRaw`DELETE FROM phone_numbers`,
            tx.$queryRaw`SELECT 1 / 0`,
            tx.$executeRaw`DELETE FROM phone_numbers`,
          ]),
        ),
    ],
    [
      'inside of a transaction over the driver that goes on all the same',
      ({ prisma }) =>
        prisma.write(async (tx) => {
          await tx.$executeRaw`DELETE FROM phone_numbers`;
          await tx.$queryRaw`SELECT 1 / 0`.catch(() => undefined);
        }),
    ],
    [
      'of what is done in a transaction over the driver, before its first statement',
      ({ prisma }) => prisma.write(() => Promise.reject(new Error('no'))),
    ],
    [
      'of what is done as the owner in a transaction over the driver',
      ({ prisma }) => prisma.write((tx) => asOwner(tx, () => Promise.reject(new Error('no')))),
    ],
    ['inside of a transaction', ({ prisma }) => prisma.$transaction((tx) => tx.$queryRaw`SELECT 1 / 0`)],
    [
      'inside of a transaction that goes on all the same',
      ({ prisma }) =>
        prisma.$transaction(async (tx) => {
          await tx.$queryRaw`SELECT 1 / 0`.catch(() => undefined);
          await tx.phoneNumber.deleteMany();
        }),
    ],
    [
      'of what is done in a transaction',
      ({ prisma }) => prisma.$transaction(() => Promise.reject(new Error('no'))),
    ],
    [
      'of what is done as the owner in a transaction',
      ({ prisma }) => prisma.$transaction((tx) => asOwner(tx, () => Promise.reject(new Error('no')))),
    ],
    [
      'of a transaction that takes too long',
      ({ prisma }) =>
        prisma.$transaction(
          async (tx) => {
            await tx.$queryRaw`SELECT pg_sleep(0.2)`;
            await tx.phoneNumber.deleteMany();
          },
          { timeout: 50 },
        ),
    ],
  ];

  test.each(failures)('%s nothing is changed, and the connection is as it was', async (_what, fail) => {
    const one = open({ max: 1 });
    const [a, b] = [organizationAt(0), organizationAt(1)];
    await expect(inOrganization(a, () => fail(one))).rejects.toThrow(Error);
    expect(await standingBetween(one)).toEqual(clean);
    for (const id of [b, a])
      expect(ownersOf(await inOrganization(id, () => one.prisma.phoneNumber.findMany()))).toEqual(own(id));
    expect(await standingBetween(one)).toEqual(clean);
  });

  test('of a statement that takes too long the connection is given up, and the next one is as it should be', async () => {
    const one = open({ max: 1, query_timeout: 200 });
    const [a, b] = [organizationAt(0), organizationAt(1)];
    const slow = inOrganization(a, () => one.prisma.$queryRaw`SELECT pg_sleep(0.5)`);
    await expect(slow).rejects.toThrow(/timeout/i);
    const patient = open({ max: 1 });
    expect(ownersOf(await inOrganization(b, () => patient.prisma.phoneNumber.findMany()))).toEqual(own(b));
    expect(ownersOf(await inOrganization(b, () => one.prisma.phoneNumber.findMany()))).toEqual(own(b));
    expect(await standingBetween(one)).toEqual(clean);
  });
});

test('Statements of a transaction over the driver take effect in their order, for each other and for nobody else before its end', async () => {
  const { prisma } = open({ max: 2 });
  const a = organizationAt(0);
  const names = Prisma.sql`SELECT DISTINCT name FROM phone_numbers`;
  await inOrganization(a, async () => {
    await prisma.write((tx) => tx.$executeRaw`UPDATE phone_numbers SET name = 'Before'`);
    const undone = prisma.write(async (tx) => {
      const seen = await Promise.all([
        tx.$executeRaw`UPDATE phone_numbers SET name = 'First'`,
        tx.$queryRaw(names),
        tx.$executeRaw`UPDATE phone_numbers SET name = 'Second'`,
        tx.$queryRaw(names),
        tx.$queryRaw(WHO),
      ]);
      expect(seen).toEqual([
        EACH,
        [{ name: 'First' }],
        EACH,
        [{ name: 'Second' }],
        [{ role: 'voxreach_tenant', organizationId: a }],
      ]);
      // An embedded database has one session: whoever else asks waits for the end.
      if (serverUrl !== undefined) expect(await prisma.$queryRaw(names)).toEqual([{ name: 'Before' }]);
      throw new Error('undone');
    });
    await expect(undone).rejects.toThrow('undone');
    expect(await prisma.$queryRaw(names)).toEqual([{ name: 'Before' }]);
  });
});

test('What is done as the owner is done so alone; the transaction goes on in its scope', async () => {
  const { prisma } = open({ max: 2 });
  const a = organizationAt(0);
  await inOrganization(a, () =>
    prisma.$transaction(async (tx) => {
      expect(await tx.$queryRaw(WHO)).toEqual([{ role: 'voxreach_tenant', organizationId: a }]);
      const everybody = await asOwner(tx, () => tx.phoneNumber.count());
      expect(everybody).toBeGreaterThan(EACH);
      expect(await tx.$queryRaw(WHO)).toEqual([{ role: 'voxreach_tenant', organizationId: a }]);
      expect(await tx.phoneNumber.count()).toBe(EACH);
    }),
  );
});
