import { Component } from '@angular/core';
import { RouterOutlet } from '@angular/router';

/** Around a page without the ways to other pages, which says whose page it is. */
@Component({
  selector: 'app-bare-frame',
  imports: [RouterOutlet],
  template: `
    <p class="product">VoxReach</p>
    <main><router-outlet /></main>
  `,
  styles: `
    :host {
      display: block;
      padding: var(--space-5) var(--space-4);
    }
  `,
})
export class BareFrameComponent {}
