import { HttpClient } from '@angular/common/http';
import { inject, Service } from '@angular/core';
import type { AuditPage, ListAuditQuery, PageQuery } from '@voxreach/contracts';
import type { Observable } from 'rxjs';
import { queryParams } from '../../core/query-params';

/** What happened in the organisation. Nothing here can be changed. */
@Service()
export class AuditApi {
  private readonly http = inject(HttpClient);

  list(query: ListAuditQuery): Observable<AuditPage> {
    return this.http.get<AuditPage>('/api/audit', { params: queryParams(query) });
  }

  ofNumber(id: string, query: PageQuery): Observable<AuditPage> {
    return this.http.get<AuditPage>(`/api/phone-numbers/${id}/history`, { params: queryParams(query) });
  }

  /** The same entries as CSV. Asked for with the session, which a plain link could not send. */
  export(query: ListAuditQuery): Observable<string> {
    return this.http.get('/api/audit/export', { params: queryParams(query), responseType: 'text' });
  }
}
