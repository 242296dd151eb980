import type { HttpResponse } from '@angular/common/http';

/** A value with the ETag it was read under; send the tag along to change exactly this version. */
export interface Versioned<T> {
  value: T;
  etag: string | null;
}

export function versioned<T>({ body, headers }: HttpResponse<T>): Versioned<T> {
  if (body === null) throw new Error('The answer has no body');
  return { value: body, etag: headers.get('ETag') };
}
