import type { FastifyRequest } from 'fastify';
import { AppError } from './app-error';
import { validationFailed } from './dto.pipe';

/** More than any body of ours has; what walks through a body calls itself once a level. */
const MAX_LEVELS = 32;

/** Also more than any body of ours has: each is looked at by every rule for it, and a refused one has a line in the answer. */
const MAX_VALUES = 1_000;

/**
 * Refuses what no rule of a field would see: nesting that exhausts the stack of whatever checks it, lists that keep the checks busy for
 * seconds, the character U+0000 and halves of a surrogate pair, which PostgreSQL cannot hold, and names that every object inherits, which the
 * checks take for known fields. Webhooks are Vapi's and are read leniently.
 */
export async function refuseUnusableValues({ body, query, url }: FastifyRequest): Promise<void> {
  if (!url.startsWith('/api/') || url.startsWith('/api/webhooks/')) return;
  const seen = { values: 0 };
  walk(body, '', 0, seen);
  walk(query, '', 0, seen);
}

function walk(value: unknown, path: string, level: number, seen: { values: number }): void {
  if (++seen.values > MAX_VALUES)
    throw new AppError(
      'VALIDATION_FAILED',
      `Send a body with ${MAX_VALUES.toLocaleString('en')} values at most.`,
    );
  if (level > MAX_LEVELS)
    throw new AppError('VALIDATION_FAILED', `Send a body with ${MAX_LEVELS} levels at most.`);
  if (typeof value === 'string' && value.includes('\0')) {
    throw validationFailed([{ path, message: 'Remove the invisible character U+0000.' }]);
  }
  if (typeof value === 'string' && !value.isWellFormed()) {
    throw validationFailed([{ path, message: 'Remove the half character: it is no valid Unicode.' }]);
  }
  if (typeof value !== 'object' || value === null) return;
  for (const [key, inner] of Object.entries(value)) {
    const here = path === '' ? key : `${path}.${key}`;
    if (key in Object.prototype) {
      throw validationFailed([{ path: here, message: 'This field is not known here. Remove it.' }]);
    }
    walk(inner, here, level + 1, seen);
  }
}
