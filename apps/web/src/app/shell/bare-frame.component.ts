import { Component } from '@angular/core';
import { RouterOutlet } from '@angular/router';

/** Around pages that stand in the shell for whoever is signed in, where there is none: only the name of the product. */
@Component({
  selector: 'app-bare-frame',
  imports: [RouterOutlet],
  template: `
    <main>
      <p class="product">VoxReach</p>
      <router-outlet />
    </main>
  `,
  styles: `
    main {
      padding: var(--space-5) var(--space-4);
    }
  `,
})
export class BareFrameComponent {}
