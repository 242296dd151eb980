import { booleanAttribute, Component, input } from '@angular/core';
import type { IconName } from './icon-paths';
import { IconComponent } from './icon.component';

/** In place of content: an empty list that teaches, or a failure with its way out. The action is projected. */
@Component({
  selector: 'app-message',
  imports: [IconComponent],
  template: `
    <app-icon [name]="icon()" />
    @if (isPage()) {
      <h1>{{ heading() }}</h1>
    } @else {
      <h2>{{ heading() }}</h2>
    }
    <div class="words"><ng-content /></div>
    <div class="action"><ng-content select="[messageAction]" /></div>
  `,
  styleUrl: './message.component.scss',
})
export class MessageComponent {
  readonly icon = input.required<IconName>();
  readonly heading = input.required<string>();
  /** True where nothing else is on the page, so that this is its heading. */
  readonly isPage = input(false, { transform: booleanAttribute });
}
