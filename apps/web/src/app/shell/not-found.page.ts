import { Component, inject } from '@angular/core';
import { RouterLink } from '@angular/router';
import { TranslatePipe } from '../core/i18n/translate.pipes';
import { Session } from '../core/session/session';
import { MessageComponent } from '../shared/ui/message.component';

@Component({
  selector: 'app-not-found',
  imports: [MessageComponent, RouterLink, TranslatePipe],
  template: `
    <app-message icon="search" [heading]="'There is no such page' | t" isPage>
      {{ 'The address may be mistyped, or the page may have moved.' | t }}
      <a messageAction class="button" routerLink="/numbers">{{
        (session.isSignedIn() ? 'Go to your numbers' : 'Go to sign-in') | t
      }}</a>
    </app-message>
  `,
})
export class NotFoundPage {
  protected readonly session = inject(Session);
}
