import { eventually } from './eventually';

/** What has come of a stream of changes so far. */
export interface Listening {
  text: string;
  hasEnded: boolean;
  /** Of the answer that became the stream. */
  headers: Headers;
  stop(): void;
}

/** Opens the stream of changes at the server of this address, in the name of whoever has this token. */
export async function listen(url: string, token = ''): Promise<Listening> {
  const abort = new AbortController();
  const response = await fetch(`${url}/api/events`, {
    headers: { authorization: `Bearer ${token}` },
    signal: abort.signal,
  });
  expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
  const { headers } = response;
  const listening: Listening = { text: '', hasEnded: false, headers, stop: () => abort.abort() };
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
export const toldOf = ({ text }: Listening): string[] =>
  [...text.matchAll(/^event: change\ndata: (.+)$/gm)].map(([, data = '']) => {
    const event = JSON.parse(data) as { type: string; id: string };
    expect(event.type).toBe('phone_number');
    return event.id;
  });
