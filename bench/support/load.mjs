/** Requests, and how long they take. */
import { Agent, request } from 'node:http';

/** Connections that stay open between requests. */
export const connections = (count) => new Agent({ keepAlive: true, maxSockets: count });

/** One request to its last byte: its status, its text, and its milliseconds. */
export function ask(url, { token, agent, method = 'GET', body }) {
  const begun = performance.now();
  const headers = {
    authorization: `Bearer ${token}`,
    ...(body === undefined ? {} : { 'content-type': 'application/json' }),
  };
  return new Promise((resolve, reject) => {
    const asked = request(url, { agent, method, headers }, (response) => {
      let text = '';
      response
        .setEncoding('utf8')
        .on('data', (chunk) => (text += chunk))
        .once('end', () => resolve({ status: response.statusCode, text, ms: performance.now() - begun }))
        .once('error', reject);
    });
    asked.once('error', reject).end(body === undefined ? undefined : JSON.stringify(body));
  });
}

/**
 * Reads the same page over so many connections, each one request after the other, until `isOver` says so of the milliseconds and requests
 * so far. Resolves with the milliseconds of every request, and of all.
 */
export async function readAgain(url, token, count, isOver) {
  const agent = connections(count);
  const begun = performance.now();
  const times = [];
  let sent = 0;
  await Promise.all(
    Array.from({ length: count }, async () => {
      while (!isOver(performance.now() - begun, sent)) {
        sent += 1;
        const { status, text, ms } = await ask(url, { token, agent });
        if (status !== 200) throw new Error(`${status} from ${url}: ${text}`);
        times.push(ms);
      }
    }),
  );
  agent.destroy();
  return { times, ms: performance.now() - begun };
}
