import { Component, input } from '@angular/core';

/** What the pages before the session share: the name of the product, one title, one column. */
@Component({
  selector: 'app-auth-frame',
  template: `
    <main>
      <p class="product">VoxReach</p>
      <h1>{{ heading() }}</h1>
      <p class="lead">{{ lead() }}</p>
      <ng-content />
    </main>
  `,
  styleUrl: './auth-frame.component.scss',
})
export class AuthFrameComponent {
  readonly heading = input.required<string>();
  readonly lead = input.required<string>();
}
