import { type Organization, useApi } from './support/api';
import { createAgent, importNumber } from './support/builders';
import { eventually } from './support/eventually';
import { problemOf } from './support/problem';

const api = useApi();

/** What has come of a stream so far. */
interface Listening {
  text: string;
  hasEnded: boolean;
  stop(): void;
}

async function listenAs({ token }: Organization): Promise<Listening> {
  const abort = new AbortController();
  const response = await fetch(`${api.url}/api/events`, {
    headers: { authorization: `Bearer ${token}` },
    signal: abort.signal,
  });
  expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
  const listening: Listening = { text: '', hasEnded: false, stop: () => abort.abort() };
  void (async () => {
    const decoder = new TextDecoder();
    try {
      for await (const chunk of response.body ?? []) listening.text += decoder.decode(chunk as Uint8Array);
    } finally {
      listening.hasEnded = true;
    }
  })().catch(() => undefined);
  await eventually(() => expect(listening.text).toContain(': listening'));
  return listening;
}

/** The ids of the numbers of which a stream has told, in order. */
const toldOf = ({ text }: Listening): string[] =>
  [...text.matchAll(/^event: change\ndata: (.+)$/gm)].map(([, data = '']) => {
    const event = JSON.parse(data) as { type: string; id: string };
    expect(event.type).toBe('phone_number');
    return event.id;
  });

describe('Whoever listens', () => {
  it('is told of a number that is added, changed and removed, and no one of another organisation is', async () => {
    const [acme, other] = [await api.organization('Acme'), await api.organization('Other')];
    const [heard, heardByOther] = [await listenAs(acme), await listenAs(other)];
    const { id } = await importNumber(acme);
    await eventually(() => expect(toldOf(heard)).toEqual([id]));
    const agent = await createAgent(acme);
    await acme.patch(`/api/phone-numbers/${id}`, { agentId: agent.id });
    await eventually(() => expect(toldOf(heard)).toEqual([id, id]));
    await acme.delete(`/api/phone-numbers/${id}`);
    await eventually(() => expect(toldOf(heard)).toEqual([id, id, id]));
    expect(toldOf(heardByOther)).toEqual([]);
    for (const each of [heard, heardByOther]) each.stop();
  });

  it('must be signed in', async () => {
    problemOf(await api.anonymous.get('/api/events'), 'UNAUTHENTICATED');
  });

  it('does not keep the server from stopping', async () => {
    const heard = await listenAs(await api.organization());
    await api.restart();
    await eventually(() => expect(heard.hasEnded).toBe(true));
  });
});
