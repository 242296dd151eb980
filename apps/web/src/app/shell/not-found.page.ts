import { Component } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { RouterLink } from '@angular/router';

@Component({
  selector: 'app-not-found',
  imports: [MatButton, RouterLink],
  template: `
    <main class="page">
      <h1>There is no such page</h1>
      <p class="muted">The address may be mistyped, or the page has moved.</p>
      <div><a matButton="filled" routerLink="/numbers">Go to your numbers</a></div>
    </main>
  `,
})
export class NotFoundPage {}
