export interface RecordedRequest {
  method: string;
  /** Without the query. */
  path: string;
  query: Record<string, unknown>;
  /** Parsed JSON; the raw text when it is none, undefined when nothing was sent. */
  body: unknown;
  /** Whether an Authorization header came with it. */
  authorization: boolean;
  /** As answered; undefined while it is open, and for good when it was cut or left hanging. */
  status?: number;
  /** Milliseconds since 1970. */
  at: number;
}

/** A long-running demo polls for days; what nobody reads any more is let go. */
const KEPT = 10_000;

/** What came in, oldest first. */
export class RequestLog {
  readonly entries: RecordedRequest[] = [];

  add(entry: RecordedRequest): RecordedRequest {
    this.entries.push(entry);
    if (this.entries.length > KEPT) this.entries.shift();
    return entry;
  }

  clear(): void {
    this.entries.length = 0;
  }
}
