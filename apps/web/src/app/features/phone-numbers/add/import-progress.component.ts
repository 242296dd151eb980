import { afterNextRender, Component, ElementRef, inject, input } from '@angular/core';
import { TranslatePipe } from '../../../core/i18n/translate.pipes';
import type { ImportStep } from './import-steps';

/**
 * What is being done, by name. The server answers once, when all of it is done, so no line is ticked before: a tick by
 * a timer would claim what nobody knows.
 */
@Component({
  selector: 'app-import-progress',
  imports: [TranslatePipe],
  host: { tabindex: '-1' },
  template: `
    <p class="title" role="status">{{ 'Adding the number. This takes a few seconds.' | t }}</p>
    <ol>
      @for (step of steps(); track step) {
        <li><span class="spinner" aria-hidden="true"></span>{{ step.doing() }}</li>
      }
    </ol>
  `,
  styleUrl: './import-progress.component.scss',
})
export class ImportProgressComponent {
  readonly steps = input.required<readonly ImportStep[]>();

  constructor() {
    const host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
    // The button that was pressed is gone: without this the focus would be lost.
    afterNextRender(() => host.focus());
  }
}
