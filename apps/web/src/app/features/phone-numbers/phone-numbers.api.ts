import { HttpClient, HttpHeaders } from '@angular/common/http';
import { inject, Service } from '@angular/core';
import type {
  ImportBodyOf,
  ListPhoneNumbersQuery,
  PhoneNumberPage,
  PhoneNumberResponse,
  ProviderId,
  RemovePhoneNumberQuery,
  UpdatePhoneNumberBody,
} from '@voxreach/contracts';
import { map, type Observable } from 'rxjs';
import { queryParams } from '../../core/query-params';
import { versioned, type Versioned } from '../../core/versioned';

const ROUTE = '/api/phone-numbers';

/** The organisation's phone numbers. Failures are turned into words by `toApiProblem`. */
@Service()
export class PhoneNumbersApi {
  private readonly http = inject(HttpClient);

  list(query: ListPhoneNumbersQuery = {}): Observable<PhoneNumberPage> {
    return this.http.get<PhoneNumberPage>(ROUTE, { params: queryParams(query) });
  }

  /** The same numbers as CSV. Asked for with the session, which a plain link could not send. */
  export(query: ListPhoneNumbersQuery): Observable<string> {
    return this.http.get(`${ROUTE}/export`, { params: queryParams(query), responseType: 'text' });
  }

  get(id: string): Observable<Versioned<PhoneNumberResponse>> {
    return this.http
      .get<PhoneNumberResponse>(`${ROUTE}/${id}`, { observe: 'response' })
      .pipe(map((response) => versioned(response)));
  }

  /**
   * Adds a number. One `idempotencyKey` belongs to one set of values: keep it while the same values are tried
   * again, so that an attempt whose answer was lost is not carried out twice, and make a new one when they change.
   */
  import<Id extends ProviderId>(
    body: ImportBodyOf<Id>,
    idempotencyKey: string,
  ): Observable<PhoneNumberResponse> {
    const headers = new HttpHeaders({ 'Idempotency-Key': idempotencyKey });
    return this.http.post<PhoneNumberResponse>(ROUTE, body, { headers });
  }

  /** With an etag the change is refused (412) when the number has changed since it was read. */
  update(
    id: string,
    body: UpdatePhoneNumberBody,
    etag?: string | null,
  ): Observable<Versioned<PhoneNumberResponse>> {
    const headers = etag ? new HttpHeaders({ 'If-Match': etag }) : new HttpHeaders();
    return this.http
      .patch<PhoneNumberResponse>(`${ROUTE}/${id}`, body, { headers, observe: 'response' })
      .pipe(map((response) => versioned(response)));
  }

  /** Tries once more to settle a number that needs attention. Null when settling it meant that it is gone. */
  retry(id: string): Observable<Versioned<PhoneNumberResponse> | null> {
    return this.http
      .post<PhoneNumberResponse>(`${ROUTE}/${id}/retry`, null, { observe: 'response' })
      .pipe(map((response) => (response.body === null ? null : versioned(response))));
  }

  remove(id: string, query: RemovePhoneNumberQuery = {}): Observable<unknown> {
    return this.http.delete(`${ROUTE}/${id}`, { params: queryParams(query) });
  }
}
