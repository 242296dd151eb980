import { HttpClient, HttpContext, HttpContextToken } from '@angular/common/http';
import { inject, Service } from '@angular/core';
import type {
  LoginBody,
  MeResponse,
  RegisterBody,
  SessionResponse,
  SwitchOrganizationBody,
} from '@voxreach/contracts';
import type { Observable } from 'rxjs';

/** Set on requests that make a session and therefore go without one. */
export const WITHOUT_SESSION = new HttpContextToken(() => false);

const ROUTE = '/api/auth';
const options = () => ({ context: new HttpContext().set(WITHOUT_SESSION, true) });

@Service()
export class SessionApi {
  private readonly http = inject(HttpClient);

  login(body: LoginBody): Observable<SessionResponse> {
    return this.http.post<SessionResponse>(`${ROUTE}/login`, body, options());
  }

  register(body: RegisterBody): Observable<SessionResponse> {
    return this.http.post<SessionResponse>(`${ROUTE}/register`, body, options());
  }

  /** Spends the refresh token, which travels in an HttpOnly cookie, and gets a new one. */
  refresh(): Observable<SessionResponse> {
    return this.http.post<SessionResponse>(`${ROUTE}/refresh`, null, options());
  }

  logout(): Observable<unknown> {
    return this.http.post(`${ROUTE}/logout`, null);
  }

  switch(body: SwitchOrganizationBody): Observable<SessionResponse> {
    return this.http.post<SessionResponse>(`${ROUTE}/switch`, body);
  }

  me(): Observable<MeResponse> {
    return this.http.get<MeResponse>(`${ROUTE}/me`);
  }
}
