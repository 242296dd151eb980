import { HttpClient } from '@angular/common/http';
import { inject, Service } from '@angular/core';
import type {
  AgentDetailResponse,
  AgentPage,
  AgentResponse,
  CreateAgentBody,
  PageQuery,
  UpdateAgentBody,
} from '@voxreach/contracts';
import type { Observable } from 'rxjs';
import { allPages } from '../../core/all-pages';
import { queryParams } from '../../core/query-params';

const ROUTE = '/api/agents';

/** Whether more numbers can be assigned to an agent. */
export const isAssignable = ({ attention }: AgentResponse): boolean => attention === null;

/** The organisation's agents. */
@Service()
export class AgentsApi {
  private readonly http = inject(HttpClient);

  list(query: PageQuery = {}): Observable<AgentPage> {
    return this.http.get<AgentPage>(ROUTE, { params: queryParams(query) });
  }

  /** Every agent, for choosing one. */
  listAll(): Observable<AgentResponse[]> {
    return allPages((cursor) => this.list({ limit: 100, cursor }));
  }

  get(id: string): Observable<AgentDetailResponse> {
    return this.http.get<AgentDetailResponse>(`${ROUTE}/${id}`);
  }

  create(body: CreateAgentBody): Observable<AgentResponse> {
    return this.http.post<AgentResponse>(ROUTE, body);
  }

  update(id: string, body: UpdateAgentBody): Observable<AgentResponse> {
    return this.http.patch<AgentResponse>(`${ROUTE}/${id}`, body);
  }

  /** Tries once more to settle an agent that needs attention. Null when settling it meant that it is gone. */
  retry(id: string): Observable<AgentResponse | null> {
    return this.http.post<AgentResponse | null>(`${ROUTE}/${id}/retry`, null);
  }

  remove(id: string): Observable<unknown> {
    return this.http.delete(`${ROUTE}/${id}`);
  }
}
