import {
  type Config,
  createClient as createHttpClient,
  type RequestOptions,
} from './generated/client/index.ts';
import { VoxReach } from './generated/sdk.gen.ts';
import { VoxReachError } from './voxreach-error.ts';

export interface ClientOptions {
  /** Where VoxReach is, without `/api` and without a slash at the end: `https://voxreach.example`. */
  baseUrl: string;
  /**
   * An API key or an access token. A function is asked before each request, so that it can give a fresh one: access tokens are good for
   * `expiresIn` seconds. Without a token only what is public can be asked for, such as `auth.login`.
   */
  token?: string | (() => string | Promise<string>);
}

/**
 * A client of one installation: a method for each operation, `voxreach.phoneNumbers.list()`, which answers with `data` and the `response`
 * with its headers (`etag`). `body`, `query`, `path` and `headers` (`Idempotency-Key`, `If-Match`) are those of the API; whatever else
 * `fetch` takes may stand beside them, `signal: AbortSignal.timeout(10_000)` for one. Nothing is retried, and nothing times out by itself.
 *
 * @throws VoxReachError from every method, when the answer is no success.
 */
export function createClient({ baseUrl, token }: ClientOptions): VoxReach {
  const config: Config & Pick<RequestOptions, 'onSseError'> = {
    baseUrl,
    auth: token,
    throwOnError: true,
    fetch: fetchOrThrow,
    // Left alone, a stream would be asked for again for ever, also with a token that is refused.
    onSseError: (error) => {
      throw error;
    },
  };
  return new VoxReach({ client: createHttpClient(config) });
}

async function fetchOrThrow(...request: Parameters<typeof fetch>): Promise<Response> {
  const response = await fetch(...request);
  if (response.ok) return response;
  throw await VoxReachError.of(response);
}
