import { Component, input } from '@angular/core';
import { LanguageSelectComponent } from './language-select.component';

/** What the pages before the session share: the name of the product, one title, one column, and the language. */
@Component({
  selector: 'app-auth-frame',
  imports: [LanguageSelectComponent],
  template: `
    <main>
      <p class="product">VoxReach</p>
      <h1>{{ heading() }}</h1>
      <p class="lead">{{ lead() }}</p>
      <ng-content />
    </main>
    <footer><app-language-select /></footer>
  `,
  styleUrl: './auth-frame.component.scss',
})
export class AuthFrameComponent {
  readonly heading = input.required<string>();
  readonly lead = input.required<string>();
}
