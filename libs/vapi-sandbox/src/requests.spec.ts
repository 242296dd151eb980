import { API_KEY, sandboxForTests } from './testing/sandbox-client';

describe('every request', () => {
  const client = sandboxForTests();

  it.each(['', 'Bearer wrong', API_KEY, `bearer ${API_KEY}`])(
    'is refused with the 401 of Vapi when its authorization is "%s"',
    async (authorization) => {
      expect(await client().send('GET', '/phone-number', undefined, authorization)).toEqual({
        status: 401,
        body: {
          message:
            'Invalid Key. Hot tip, you may be using the private key instead of the public key, or vice versa.',
          error: 'Unauthorized',
          statusCode: 401,
        },
      });
    },
  );

  it.each(['/phone-number', '/credential', '/assistant'])(
    'for an unknown id below %s gets a 404',
    async (path) => {
      for (const [method, body] of [['GET'], ['PATCH', {}], ['DELETE']] as const) {
        const reply = await client().send(method, `${path}/5d5c9b3e-0000-4000-8000-000000000000`, body);
        expect(reply.status).toBe(404);
        expect(reply.body).toEqual({
          message: expect.stringContaining('Not Found'),
          error: 'Not Found',
          statusCode: 404,
        });
      }
    },
  );

  it('for a path that Vapi does not have gets a 404', async () => {
    expect((await client().send('GET', '/v2/nothing')).body).toEqual({
      message: 'Cannot GET /v2/nothing',
      error: 'Not Found',
      statusCode: 404,
    });
  });

  it('with a body that is no JSON is refused', async () => {
    const response = await fetch(`${client().sandbox.url}/assistant`, {
      method: 'POST',
      headers: { authorization: `Bearer ${API_KEY}`, 'content-type': 'application/json' },
      body: '{"name":',
    });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ error: 'Bad Request', statusCode: 400 });
  });

  it('is recorded, without its query in the path', async () => {
    const started = Date.now();
    await client().send('GET', '/assistant?limit=5');
    await client().send('POST', '/assistant', { name: 7 });
    const [first, second] = client().sandbox.requests;
    expect(first).toEqual({
      method: 'GET',
      path: '/assistant',
      query: { limit: '5' },
      body: undefined,
      authorization: true,
      status: 200,
      at: expect.any(Number),
    });
    expect(first?.at).toBeGreaterThanOrEqual(started);
    expect(second).toMatchObject({ method: 'POST', body: { name: 7 }, status: 400 });
  });

  it('is no longer listed after clearRequests', async () => {
    await client().send('GET', '/assistant');
    client().sandbox.clearRequests();
    expect(client().sandbox.requests).toEqual([]);
  });
});
