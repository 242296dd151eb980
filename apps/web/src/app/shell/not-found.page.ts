import { Component } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { RouterLink } from '@angular/router';
import { TranslatePipe } from '../core/i18n/translate.pipes';

@Component({
  selector: 'app-not-found',
  imports: [MatButton, RouterLink, TranslatePipe],
  template: `
    <main class="page">
      <h1>{{ 'There is no such page' | t }}</h1>
      <p class="muted">{{ 'The address may be mistyped, or the page has moved.' | t }}</p>
      <div>
        <a matButton="filled" routerLink="/numbers">{{ 'Go to your numbers' | t }}</a>
      </div>
    </main>
  `,
})
export class NotFoundPage {}
