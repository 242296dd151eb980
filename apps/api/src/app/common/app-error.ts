import type { ErrorCode, FieldError, UsedBy } from '@voxreach/contracts';

interface AppErrorDetails {
  /** Refused fields, with the paths of the request. */
  errors?: FieldError[] | undefined;
  /** What stands in the way of a deletion. */
  usedBy?: UsedBy[] | undefined;
  /** Sent as Retry-After, in seconds. */
  retryAfterSeconds?: number | undefined;
  /** For the operator's log only. */
  cause?: unknown;
}

/** A failure with an answer for the client: `detail` says what happened and what to do. */
export class AppError extends Error {
  readonly errors: FieldError[] | undefined;
  readonly usedBy: UsedBy[] | undefined;
  readonly retryAfterSeconds: number | undefined;

  constructor(
    readonly code: ErrorCode,
    readonly detail: string,
    { errors, usedBy, retryAfterSeconds, cause }: AppErrorDetails = {},
  ) {
    super(`${code}: ${detail}`, { cause });
    this.name = 'AppError';
    this.errors = errors;
    this.usedBy = usedBy;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

/** Absent, or another organisation's: the two cannot be told apart. */
export const notFound = (what: string): AppError =>
  new AppError('NOT_FOUND', `There is no such ${what} in your organisation.`);

/** A deletion that something stands in the way of. */
export function inUse(what: string, usedBy: UsedBy[]): AppError {
  const names = usedBy
    .slice(0, 3)
    .map(({ name }) => name)
    .join(', ');
  return new AppError('CONFLICT', usedWords(what, names, usedBy.length), { usedBy });
}

/** Whole sentences, which the dashboard knows in other languages. */
function usedWords(what: string, names: string, count: number): string {
  if (count === 1) return `This ${what} is used by a phone number: ${names}. Remove or change it first.`;
  if (count <= 3) return `This ${what} is used by phone numbers: ${names}. Remove or change them first.`;
  return `This ${what} is used by phone numbers: ${names} and others. Remove or change them first.`;
}

/** What was begun with it comes first. */
export const needsAttention = (what: string): AppError =>
  new AppError('CONFLICT', `This ${what} needs attention first. Try again to settle it, or remove it.`);

/** There is nothing to settle. */
export const needsNoAttention = (what: string): AppError =>
  new AppError('CONFLICT', `This ${what} needs no attention.`);

/** Another change of it is under way. */
export const busy = (what: string): AppError =>
  new AppError('CONFLICT', `This ${what} is being changed right now. Try again in a minute.`, {
    retryAfterSeconds: 30,
  });

/** The process has more to do than it can; waiting for seconds helps. */
export const tooMuch = (cause?: unknown): AppError =>
  new AppError('UPSTREAM_UNAVAILABLE', 'Too much is asked of VoxReach at this moment. Try again shortly.', {
    retryAfterSeconds: 5,
    cause,
  });
