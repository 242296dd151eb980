/**
 * What this application keeps in the browser: choices about how it looks, nothing about anybody. Storage can be full or forbidden; a choice
 * then holds until the page is closed.
 */
export type StorageKey = 'voxreach.color-scheme' | 'voxreach.language' | 'voxreach.number-list';

export function readStored(key: StorageKey): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

export function store(key: StorageKey, value: string): void {
  try {
    localStorage.setItem(key, value);
  } catch {
    return;
  }
}
