import { Component, DOCUMENT, inject } from '@angular/core';
import { t } from '../core/i18n/translate';
import { TranslatePipe } from '../core/i18n/translate.pipes';
import { MessageComponent } from '../shared/ui/message.component';

/** In place of a page that could not be loaded: no connection, or the API is down. */
@Component({
  selector: 'app-unavailable',
  imports: [MessageComponent, TranslatePipe],
  template: `
    <app-message icon="attention" [heading]="heading()" isPage>
      {{
        'Your numbers keep working: calls do not pass through this page. Check your internet connection, then try again.'
          | t
      }}
      <button messageAction class="button" type="button" (click)="reload()">
        {{ 'Try again' | t }}
      </button>
    </app-message>
  `,
})
export class UnavailablePage {
  protected readonly heading = () => t("VoxReach can't be reached");
  private readonly location = inject(DOCUMENT).location;

  protected reload(): void {
    this.location.reload();
  }
}
