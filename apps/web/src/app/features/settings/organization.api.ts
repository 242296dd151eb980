import { HttpClient } from '@angular/common/http';
import { inject, Service } from '@angular/core';
import type {
  InvitationList,
  InvitationResponse,
  InviteBody,
  MemberList,
  MemberResponse,
  NewInvitationResponse,
  OrganizationResponse,
  UpdateMemberBody,
  UpdateOrganizationBody,
  UpdateSecurityBody,
} from '@voxreach/contracts';
import { map, type Observable } from 'rxjs';

/** The organisation, who belongs to it and who is invited. */
@Service()
export class OrganizationApi {
  private readonly http = inject(HttpClient);

  get(): Observable<OrganizationResponse> {
    return this.http.get<OrganizationResponse>('/api/organization');
  }

  rename(body: UpdateOrganizationBody): Observable<OrganizationResponse> {
    return this.http.patch<OrganizationResponse>('/api/organization', body);
  }

  /** What members need to sign in. */
  secure(body: UpdateSecurityBody): Observable<OrganizationResponse> {
    return this.http.patch<OrganizationResponse>('/api/organization/security', body);
  }

  members(): Observable<MemberResponse[]> {
    return this.http.get<MemberList>('/api/members').pipe(map(({ items }) => items));
  }

  changeRole(userId: string, body: UpdateMemberBody): Observable<MemberResponse> {
    return this.http.patch<MemberResponse>(`/api/members/${userId}`, body);
  }

  /** With one's own id: leaves the organisation. */
  removeMember(userId: string): Observable<unknown> {
    return this.http.delete(`/api/members/${userId}`);
  }

  invitations(): Observable<InvitationResponse[]> {
    return this.http.get<InvitationList>('/api/invitations').pipe(map(({ items }) => items));
  }

  invite(body: InviteBody): Observable<NewInvitationResponse> {
    return this.http.post<NewInvitationResponse>('/api/invitations', body);
  }

  revokeInvitation(id: string): Observable<unknown> {
    return this.http.delete(`/api/invitations/${id}`);
  }
}
