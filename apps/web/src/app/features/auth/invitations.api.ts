import { HttpClient } from '@angular/common/http';
import { inject, Service } from '@angular/core';
import type { InvitationPreviewResponse, InvitationTokenBody } from '@voxreach/contracts';
import type { Observable } from 'rxjs';
import { withoutSession } from '../../core/session/session.api';

/** What an invited person sees before there is a session. */
@Service()
export class InvitationsApi {
  private readonly http = inject(HttpClient);

  preview(body: InvitationTokenBody): Observable<InvitationPreviewResponse> {
    return this.http.post<InvitationPreviewResponse>('/api/auth/invitations/preview', body, withoutSession());
  }
}
