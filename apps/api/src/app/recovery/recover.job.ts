import type { JobKind } from '../jobs/jobs.service';

/** Settles everything whose lease has run out. */
export const RECOVER: JobKind<object> = { name: 'recover', keyOf: () => 'recover' };
