import { inject, type ProviderToken } from '@angular/core';
import { injectLater } from '../../core/inject-later';
import { NOT_LOADED } from '../../core/not-loaded';
import { Announcer } from './announcer';

/** What asks or shows something in a dialog. Null, after a word about it, when it could not be loaded. */
export function injectDialog<T>(load: () => Promise<ProviderToken<T>>): () => Promise<T | null> {
  const announcer = inject(Announcer);
  const dialog = injectLater(load);
  return () =>
    dialog().catch(() => {
      announcer.failed({ detail: NOT_LOADED });
      return null;
    });
}
