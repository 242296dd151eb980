import { Component, input } from '@angular/core';
import { CopyButtonComponent } from './copy-button.component';

/** A value that is shown this one time, with a button to copy it where none stands below. */
@Component({
  selector: 'app-shown-once',
  imports: [CopyButtonComponent],
  template: `
    <code dir="ltr">{{ value() }}</code>
    @if (what()) {
      <app-copy-button [value]="value()" [what]="what()" [secret]="true" />
    }
  `,
  styles: `
    :host {
      display: flex;
      align-items: center;
      justify-content: space-between;
      gap: var(--space-2);
      padding-inline: var(--space-3);
      border: 1px solid var(--line-strong);
      border-radius: var(--radius-md);
      background: var(--surface);
      color: var(--text);
    }

    app-copy-button {
      margin-inline-end: calc(-1 * var(--space-3));
    }

    code {
      min-width: 0;
      padding-block: var(--space-2);
      font: 400 var(--text-sm) / 1.5 var(--font-mono);
      overflow-wrap: anywhere;
      text-align: start;
    }
  `,
})
export class ShownOnceComponent {
  readonly value = input.required<string>();
  /** What it is, for the button. */
  readonly what = input('');
}
