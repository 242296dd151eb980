import { HttpClient } from '@angular/common/http';
import { inject, Service } from '@angular/core';
import type {
  CreateCredentialBody,
  CredentialPage,
  CredentialResponse,
  PageQuery,
} from '@voxreach/contracts';
import type { Observable } from 'rxjs';
import { allPages } from '../../core/all-pages';
import { queryParams } from '../../core/query-params';

const ROUTE = '/api/credentials';

/** The organisation's saved credentials. What comes back never holds a secret. */
@Service()
export class CredentialsApi {
  private readonly http = inject(HttpClient);

  list(query: PageQuery = {}): Observable<CredentialPage> {
    return this.http.get<CredentialPage>(ROUTE, { params: queryParams(query) });
  }

  /** Every saved credential, for choosing one. */
  listAll(): Observable<CredentialResponse[]> {
    return allPages((cursor) => this.list({ limit: 100, cursor }));
  }

  create(body: CreateCredentialBody): Observable<CredentialResponse> {
    return this.http.post<CredentialResponse>(ROUTE, body);
  }

  /** Tries once more to settle a credential that needs attention. Null when settling it meant that it is gone. */
  retry(id: string): Observable<CredentialResponse | null> {
    return this.http.post<CredentialResponse | null>(`${ROUTE}/${id}/retry`, null);
  }

  remove(id: string): Observable<unknown> {
    return this.http.delete(`${ROUTE}/${id}`);
  }
}
