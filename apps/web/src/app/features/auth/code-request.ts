import { signal } from '@angular/core';
import type { ApiProblem } from '../../core/api-problem';

/** Keeps what a person has entered while the code of their second factor is asked for, and no longer: it has a password. */
export class CodeRequest<Body extends object> {
  private readonly kept = signal<Body | null>(null);

  /** True when all that was missing is the code. */
  asksFor({ code }: ApiProblem, body: Body): boolean {
    if (code !== 'SECOND_FACTOR_REQUIRED') return false;
    this.kept.set(body);
    return true;
  }

  isOpen(): boolean {
    return this.kept() !== null;
  }

  body(): Body {
    const body = this.kept();
    if (body === null) throw new Error('No code was asked for');
    return body;
  }

  close(): void {
    this.kept.set(null);
  }
}
