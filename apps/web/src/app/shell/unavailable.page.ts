import { Component, DOCUMENT, inject } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { TranslatePipe } from '../core/i18n/translate.pipes';

/** In place of a page that could not be loaded: no connection, or the API is down. */
@Component({
  selector: 'app-unavailable',
  imports: [MatButton, TranslatePipe],
  template: `
    <main class="page">
      <h1>{{ "VoxReach can't be reached" | t }}</h1>
      <p class="muted">
        {{
          'Your numbers keep working: calls do not pass through this page. Check your internet connection, then try again.'
            | t
        }}
      </p>
      <div>
        <button matButton="filled" type="button" (click)="reload()">{{ 'Try again' | t }}</button>
      </div>
    </main>
  `,
})
export class UnavailablePage {
  private readonly location = inject(DOCUMENT).location;

  protected reload(): void {
    this.location.reload();
  }
}
