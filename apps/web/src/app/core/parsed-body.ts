/** Angular leaves the body as text when its content type is not one it knows, or when a success could not be parsed. */
export function parsedBody(body: unknown): unknown {
  if (typeof body !== 'string') return body;
  try {
    return JSON.parse(body) as unknown;
  } catch {
    return undefined;
  }
}
