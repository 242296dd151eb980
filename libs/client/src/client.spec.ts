import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { allItems, createClient, type PhoneNumbersImportData, VoxReachError } from './index.ts';

type ImportBody = PhoneNumbersImportData['body'];

/** Whatever stands in front of VoxReach, for as long as `use` takes. */
async function behind<T>(answer: RequestListener, use: (baseUrl: string) => Promise<T>): Promise<T> {
  const server = createServer(answer).listen(0, '127.0.0.1');
  await once(server, 'listening');
  try {
    return await use(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  } finally {
    server.close();
  }
}

const list = (baseUrl: string) => createClient({ baseUrl, token: 'a-key' }).phoneNumbers.list();

describe('An answer that is no success', () => {
  it('of a proxy has a status and no code', async () => {
    const refusal = await behind((_request, response) => {
      response
        .writeHead(502, { 'content-type': 'text/html', 'retry-after': '7' })
        .end('<h1>Bad Gateway</h1>');
    }, list).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(VoxReachError);
    expect(refusal).toMatchObject({
      status: 502,
      code: undefined,
      retryAfter: 7,
      message: 'The answer has the status 502 and does not say why.',
    });
  });

  it('is none where there is no answer', async () => {
    const failure = await behind((request) => request.socket.destroy(), list).catch(
      (error: unknown) => error,
    );
    expect(failure).toMatchObject({ name: 'TypeError', message: 'fetch failed' });
  });
});

describe('A token', () => {
  it('that is a function is asked for before each request', async () => {
    let asked = 0;
    const seen: (string | undefined)[] = [];
    await behind(
      ({ headers }, response) => {
        seen.push(headers.authorization);
        response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
      },
      async (baseUrl) => {
        const voxreach = createClient({ baseUrl, token: async () => `token-${++asked}` });
        await voxreach.agents.list();
        await voxreach.agents.list();
        await voxreach.health.live();
      },
    );
    expect(seen).toEqual(['Bearer token-1', 'Bearer token-2', undefined]);
  });
});

describe('All items', () => {
  it('come page by page, and no page is asked for that nobody needs', async () => {
    const asked: (string | undefined)[] = [];
    const read = async ({ cursor }: { cursor?: string }) => {
      asked.push(cursor);
      return { data: { items: [`first of ${cursor}`, `last of ${cursor}`], nextCursor: `after ${cursor}` } };
    };
    for await (const item of allItems(read)) if (item === 'first of after undefined') break;
    expect(asked).toEqual([undefined, 'after undefined']);
  });
});

describe('The types', () => {
  it('hold an import to what its provider takes', () => {
    const bodies: ImportBody[] = [
      { provider: 'telnyx', number: '+12025550101', credential: { apiKey: 'key' } },
      { provider: 'vapi', areaCode: '202', agentId: null },
      // @ts-expect-error Telnyx has no secret.
      { provider: 'telnyx', number: '+12025550101', credential: { apiKey: 'key', apiSecret: 'secret' } },
      // @ts-expect-error Twilio takes its credentials inline.
      { provider: 'twilio', number: '+12025550101' },
      // @ts-expect-error There is no such provider.
      { provider: 'plivo', number: '+12025550101' },
    ];
    expect(bodies).toHaveLength(5);
  });
});
