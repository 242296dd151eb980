import type { FieldError, ProblemResponse, UsedBy } from './generated/types.gen.ts';

/** An answer that is no success. What never became an answer, such as a broken connection, is thrown as `fetch` throws it. */
export class VoxReachError extends Error {
  override readonly name = 'VoxReachError';
  /** What happened and what to do, in a sentence for a person; the same as `message`. */
  readonly detail: string;
  /** What to tell cases apart by. Undefined when it was not VoxReach that answered, but a proxy in front of it, for one. */
  readonly code: ProblemResponse['code'] | undefined;
  /** Refused fields; `path` is dotted with indexes: `credential.gateways.0.port`. */
  readonly errors: readonly FieldError[];
  /** What stands in the way of a removal. */
  readonly usedBy: readonly UsedBy[];
  /** By which the operator finds the request in the log. */
  readonly requestId: string | undefined;

  constructor(
    /** Of HTTP. */
    readonly status: number,
    /** Seconds until it is worth trying again, where the answer says so. */
    readonly retryAfter: number | undefined,
    problem: Partial<ProblemResponse>,
  ) {
    const detail = problem.detail ?? `The answer has the status ${status} and does not say why.`;
    super(detail);
    this.detail = detail;
    this.code = problem.code;
    this.errors = problem.errors ?? [];
    this.usedBy = problem.usedBy ?? [];
    this.requestId = problem.requestId;
  }

  /** Reads the answer's body. */
  static async of(response: Response): Promise<VoxReachError> {
    const isProblem = response.headers.get('content-type')?.startsWith('application/problem+json') ?? false;
    const problem = isProblem ? ((await response.json()) as ProblemResponse) : {};
    const seconds = Number(response.headers.get('retry-after') ?? NaN);
    return new VoxReachError(response.status, Number.isNaN(seconds) ? undefined : seconds, problem);
  }
}
