import { HttpClient } from '@angular/common/http';
import { inject, Service } from '@angular/core';
import type { ApiKeyList, ApiKeyResponse, CreateApiKeyBody, NewApiKeyResponse } from '@voxreach/contracts';
import { map, type Observable } from 'rxjs';

const ROUTE = '/api/api-keys';

/** The organisation's API keys. A key itself comes back once, when it is made. */
@Service()
export class ApiKeysApi {
  private readonly http = inject(HttpClient);

  list(): Observable<ApiKeyResponse[]> {
    return this.http.get<ApiKeyList>(ROUTE).pipe(map(({ items }) => items));
  }

  create(body: CreateApiKeyBody): Observable<NewApiKeyResponse> {
    return this.http.post<NewApiKeyResponse>(ROUTE, body);
  }

  revoke(id: string): Observable<unknown> {
    return this.http.delete(`${ROUTE}/${id}`);
  }
}
