import { AsyncLocalStorage } from 'node:async_hooks';

const deadlines = new AsyncLocalStorage<number>();

/** Does `work` for somebody who waits: after so many milliseconds it begins no further step that could be left out. */
export const withDeadline = <T>(milliseconds: number, work: () => T): T =>
  deadlines.run(performance.now() + milliseconds, work);

/** True once whoever waits has waited long enough. Never for jobs, for which nobody waits. */
export const isPastDeadline = (): boolean => performance.now() > (deadlines.getStore() ?? Infinity);
