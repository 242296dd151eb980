const LOCK = 'voxreach.session';

/**
 * Runs one refresh at a time across all tabs: they share the cookie, every refresh spends it, and a spent one is
 * refused. A tab that waited sends the cookie that the tab before it was given.
 */
export function withRefreshLock<T>(run: () => Promise<T>): Promise<T> {
  // Absent outside secure contexts, such as plain HTTP on a host other than localhost.
  const locks = (navigator as Partial<Navigator>).locks;
  return locks === undefined ? run() : locks.request(LOCK, run);
}
