/** Something that goes wrong with matching requests. */
export type Fault = {
  method?: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** Tested against the path. */
  path?: RegExp;
  /** Lets that many matching requests through first. */
  skip?: number;
  /** How many requests it strikes: default 1, Infinity = until removed. */
  times?: number;
  /** Chance to strike a matching request, 0 to 1, default 1. */
  probability?: number;
} & FaultKind;

export type FaultKind =
  /** No effect happens. */
  | { kind: 'status'; status: number; message?: string | string[]; headers?: Record<string, string> }
  /** The effect happens, then this status is answered. */
  | { kind: 'status-after'; status: number; message?: string }
  /** Never answers, no effect. */
  | { kind: 'hang' }
  /** The effect happens, never answers. */
  | { kind: 'hang-after' }
  /** The socket is destroyed before any effect. */
  | { kind: 'reset' }
  /** The effect happens, then the socket is destroyed. */
  | { kind: 'reset-after' }
  /** The effect happens, and the answer is a success whose body is HTML. */
  | { kind: 'garbage' }
  /** The effect happens, and the answer lacks `id`. */
  | { kind: 'missing-id' }
  /** Effect and answer come after so many milliseconds. */
  | { kind: 'delay'; ms: number };

/** The faults waiting to strike. The oldest that matches strikes; later ones do not see that request at all. */
export class Faults {
  private waiting: { fault: Fault; toSkip: number; left: number }[] = [];

  /** Returns a function that removes the fault again. */
  inject(fault: Fault): () => void {
    const entry = { fault, toSkip: fault.skip ?? 0, left: fault.times ?? 1 };
    this.waiting.push(entry);
    return () => this.remove(entry);
  }

  /** The fault that strikes this request, if any. */
  strike(method: string, path: string): Fault | undefined {
    for (const entry of this.waiting) {
      const { fault } = entry;
      if (fault.method && fault.method !== method) continue;
      // Unlike test(), search() keeps no position between calls on a global expression.
      if (fault.path && path.search(fault.path) === -1) continue;
      if (entry.toSkip > 0) entry.toSkip--;
      else if (Math.random() < (fault.probability ?? 1)) {
        if (--entry.left <= 0) this.remove(entry);
        return fault;
      }
    }
    return undefined;
  }

  clear(): void {
    this.waiting = [];
  }

  private remove(entry: object): void {
    this.waiting = this.waiting.filter((other) => other !== entry);
  }
}
