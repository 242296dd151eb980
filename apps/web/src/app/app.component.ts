import { Component, inject } from '@angular/core';
import { RouterOutlet } from '@angular/router';
import { ColorSchemeChoice } from './core/color-scheme';

@Component({ selector: 'app-root', imports: [RouterOutlet], template: '<router-outlet />' })
export class AppComponent {
  constructor() {
    // Applies the stored choice before the first page is drawn.
    inject(ColorSchemeChoice);
  }
}
