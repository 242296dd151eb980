import { Component } from '@angular/core';
import { RouterLink } from '@angular/router';
import { TranslatePipe } from '../core/i18n/translate.pipes';
import { MessageComponent } from '../shared/ui/message.component';

@Component({
  selector: 'app-not-found',
  imports: [MessageComponent, RouterLink, TranslatePipe],
  template: `
    <app-message icon="search" [heading]="'There is no such page' | t" isPage>
      {{ 'The address may be mistyped, or the page has moved.' | t }}
      <a messageAction class="button" routerLink="/numbers">{{ 'Go to your numbers' | t }}</a>
    </app-message>
  `,
})
export class NotFoundPage {}
