import type { HttpErrorResponse } from '@angular/common/http';

/** Angular leaves the body as text when its content type is not one it knows, or when a success could not be parsed. */
export function parsedBody(body: unknown): unknown {
  if (typeof body !== 'string') return body;
  try {
    return JSON.parse(body) as unknown;
  } catch {
    return undefined;
  }
}

/** What the API calls a refusal. */
export function codeOf({ error }: HttpErrorResponse): unknown {
  const body = parsedBody(error);
  return typeof body === 'object' && body !== null && 'code' in body ? body.code : undefined;
}
