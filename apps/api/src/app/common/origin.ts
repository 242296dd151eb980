import { AsyncLocalStorage } from 'node:async_hooks';
import type { AuditActorType } from '@voxreach/contracts';

/** Whose doing something is, and by which request: what the audit trail says of it. */
export interface Origin {
  actor: { type: AuditActorType; id: string | null; name: string | null };
  requestId: string | null;
  address: string | null;
  userAgent: string | null;
}

/** VoxReach itself: at its start, and when recovery does what nobody began. */
export const SYSTEM: Origin = {
  actor: { type: 'system', id: null, name: null },
  requestId: null,
  address: null,
  userAgent: null,
};

const origins = new AsyncLocalStorage<Origin>();

export const withOrigin = <T>(origin: Origin, work: () => T): T => origins.run(origin, work);

/** Whose doing it is that runs now. */
export const currentOrigin = (): Origin => origins.getStore() ?? SYSTEM;
