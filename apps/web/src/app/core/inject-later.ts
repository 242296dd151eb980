import { inject, Injector, onIdle, type ProviderToken } from '@angular/core';

/**
 * What no page is drawn with: loaded once the page stands, or else when it is asked for. `injectAsync` would keep a failure for good, also when the
 * connection is back.
 */
export function injectLater<T>(load: () => Promise<ProviderToken<T>>): () => Promise<T> {
  const injector = inject(Injector);
  let loading: Promise<ProviderToken<T>> | undefined;
  const loaded = () => (loading ??= load().catch(forget));
  const forget = (error: unknown): never => {
    loading = undefined;
    throw error;
  };
  // Whoever asks for it hears why it is not there.
  onIdle()
    .then(loaded)
    .catch(() => undefined);
  return async () => injector.get(await loaded());
}
