import { HttpClient } from '@angular/common/http';
import { inject, Service } from '@angular/core';
import type {
  AccountDataResponse,
  ChangePasswordBody,
  ConfirmSecondFactorBody,
  DeleteAccountBody,
  RecoveryCodesResponse,
  SecondFactorSetupResponse,
  SecurityNoticeList,
  SecurityNoticeResponse,
  SessionUser,
  SignedInSession,
  SignedInSessionList,
  UpdateProfileBody,
} from '@voxreach/contracts';
import { map, type Observable } from 'rxjs';

const ROUTE = '/api/auth';

/** What belongs to the person who is signed in. */
@Service()
export class AccountApi {
  private readonly http = inject(HttpClient);

  updateProfile(body: UpdateProfileBody): Observable<SessionUser> {
    return this.http.patch<SessionUser>(`${ROUTE}/profile`, body);
  }

  /** Signs the person out everywhere else. */
  changePassword(body: ChangePasswordBody): Observable<unknown> {
    return this.http.post(`${ROUTE}/password`, body);
  }

  /** All that is kept of the person. */
  data(): Observable<AccountDataResponse> {
    return this.http.get<AccountDataResponse>(`${ROUTE}/account`);
  }

  deleteAccount(body: DeleteAccountBody): Observable<unknown> {
    return this.http.post(`${ROUTE}/account/removal`, body);
  }

  sessions(): Observable<SignedInSession[]> {
    return this.http.get<SignedInSessionList>(`${ROUTE}/sessions`).pipe(map(({ items }) => items));
  }

  endSession(id: string): Observable<unknown> {
    return this.http.delete(`${ROUTE}/sessions/${id}`);
  }

  endOtherSessions(): Observable<unknown> {
    return this.http.delete(`${ROUTE}/sessions`);
  }

  securityNotices(): Observable<SecurityNoticeResponse[]> {
    return this.http.get<SecurityNoticeList>(`${ROUTE}/security-notices`).pipe(map(({ items }) => items));
  }

  /** Those up to this time, ISO 8601, are no news any more. */
  markSecurityNoticesSeen(until: string): Observable<unknown> {
    return this.http.post(`${ROUTE}/security-notices/seen`, { until });
  }

  beginSecondFactor(): Observable<SecondFactorSetupResponse> {
    return this.http.post<SecondFactorSetupResponse>(`${ROUTE}/second-factor`, null);
  }

  confirmSecondFactor(body: ConfirmSecondFactorBody): Observable<RecoveryCodesResponse> {
    return this.http.post<RecoveryCodesResponse>(`${ROUTE}/second-factor/confirm`, body);
  }

  /** The ones before stop working. */
  replaceRecoveryCodes(): Observable<RecoveryCodesResponse> {
    return this.http.post<RecoveryCodesResponse>(`${ROUTE}/second-factor/recovery-codes`, null);
  }

  removeSecondFactor(): Observable<unknown> {
    return this.http.delete(`${ROUTE}/second-factor`);
  }
}
