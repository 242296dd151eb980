import { Component, input } from '@angular/core';
import { IconComponent } from './icon.component';

/** What a menu item says that can be chosen: a check mark where it is. The item itself says so to a screen reader, by its role and `aria-checked`. */
@Component({
  selector: 'app-menu-choice',
  imports: [IconComponent],
  template: `
    <ng-content />
    @if (isChosen()) {
      <app-icon name="check" />
    }
  `,
  styles: `
    :host {
      display: flex;
      align-items: center;
      justify-content: space-between;
      gap: var(--space-4);
    }
  `,
})
export class MenuChoiceComponent {
  readonly isChosen = input(false);
}
