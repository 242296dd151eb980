import { HttpParams } from '@angular/common/http';

/** Query parameters from an object; what is undefined is left out. */
export function queryParams(query: object): HttpParams {
  const given = Object.entries(query).filter(([, value]) => value !== undefined);
  return new HttpParams({
    fromObject: Object.fromEntries(given) as Record<string, string | number | boolean>,
  });
}
