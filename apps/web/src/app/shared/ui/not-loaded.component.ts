import { Component, DOCUMENT, inject } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { TranslatePipe } from '../../core/i18n/translate.pipes';

/** In place of a part of the page that could not be loaded: no connection, or a new version that no longer has it. The browser asks for it anew only with the page. */
@Component({
  selector: 'app-not-loaded',
  imports: [MatButton, TranslatePipe],
  template: `
    <h2 tabindex="-1">{{ 'This part of the page could not be loaded' | t }}</h2>
    <p class="muted">{{ 'Check your internet connection, then reload the page.' | t }}</p>
    <button matButton="outlined" type="button" (click)="location.reload()">
      {{ 'Reload the page' | t }}
    </button>
  `,
  styles: `
    :host {
      display: flex;
      flex-direction: column;
      align-items: flex-start;
      gap: var(--space-3);
    }
  `,
})
export class NotLoadedComponent {
  protected readonly location = inject(DOCUMENT).location;
}
