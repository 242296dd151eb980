import type { FastifyRequest } from 'fastify';
import { validationFailed } from './dto.pipe';

/** PostgreSQL cannot hold the character U+0000, so a text with it is refused before it gets that far. */
export async function refuseNulCharacters({ body, query, url }: FastifyRequest): Promise<void> {
  if (!url.startsWith('/api/') || url.startsWith('/api/webhooks/')) return;
  const path = pathOfNul(body) ?? pathOfNul(query);
  if (path !== undefined)
    throw validationFailed([{ path, message: 'Remove the invisible character U+0000.' }]);
}

function pathOfNul(value: unknown): string | undefined {
  if (typeof value === 'string') return value.includes('\0') ? '' : undefined;
  if (typeof value !== 'object' || value === null) return undefined;
  for (const [key, inner] of Object.entries(value)) {
    const path = pathOfNul(inner);
    if (path !== undefined) return path === '' ? key : `${key}.${path}`;
  }
  return undefined;
}
