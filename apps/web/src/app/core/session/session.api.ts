import { HttpClient, HttpContext, HttpContextToken } from '@angular/common/http';
import { inject, Service } from '@angular/core';
import type {
  AcceptInvitationBody,
  LoginBody,
  MeResponse,
  RegisterBody,
  SessionResponse,
  StepUpBody,
  StepUpResponse,
  SwitchOrganizationBody,
} from '@voxreach/contracts';
import type { Observable } from 'rxjs';

/** Set on requests that make a session and therefore go without one. */
export const WITHOUT_SESSION = new HttpContextToken(() => false);

const ROUTE = '/api/auth';

export const withoutSession = () => ({ context: new HttpContext().set(WITHOUT_SESSION, true) });

@Service()
export class SessionApi {
  private readonly http = inject(HttpClient);

  login(body: LoginBody): Observable<SessionResponse> {
    return this.http.post<SessionResponse>(`${ROUTE}/login`, body, withoutSession());
  }

  register(body: RegisterBody): Observable<SessionResponse> {
    return this.http.post<SessionResponse>(`${ROUTE}/register`, body, withoutSession());
  }

  acceptInvitation(body: AcceptInvitationBody): Observable<SessionResponse> {
    return this.http.post<SessionResponse>(`${ROUTE}/invitations/accept`, body, withoutSession());
  }

  /** Spends the refresh token, which travels in an HttpOnly cookie, and gets a new one. */
  refresh(): Observable<SessionResponse> {
    return this.http.post<SessionResponse>(`${ROUTE}/refresh`, null, withoutSession());
  }

  logout(): Observable<unknown> {
    return this.http.post(`${ROUTE}/logout`, null);
  }

  switch(body: SwitchOrganizationBody): Observable<SessionResponse> {
    return this.http.post<SessionResponse>(`${ROUTE}/switch`, body);
  }

  stepUp(body: StepUpBody): Observable<StepUpResponse> {
    return this.http.post<StepUpResponse>(`${ROUTE}/step-up`, body);
  }

  me(): Observable<MeResponse> {
    return this.http.get<MeResponse>(`${ROUTE}/me`);
  }
}
