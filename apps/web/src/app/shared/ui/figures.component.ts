import { Component, computed, input } from '@angular/core';

/** Before the host of an address, and around the hyphens between figures. */
const BREAKS = /(?=@)|(?<=\d)(?=-\d)|(?<=\d-)(?=\d)/;

/** A number in figures of one width, without the wide hyphens that such figures bring along. Read and copied, it is the same text. A SIP address breaks before its host. */
@Component({
  selector: 'app-figures',
  template: `@for (part of parts(); track $index) {
    @if (!$first && part.startsWith('@')) {
      <wbr />
    }
    <span [class.is-hyphen]="part === '-'">{{ part }}</span>
  }`,
  styles: `
    :host {
      font-variant-numeric: tabular-nums;
      white-space: inherit;
    }

    .is-hyphen {
      font-variant-numeric: normal;
    }
  `,
})
export class FiguresComponent {
  readonly text = input.required<string>();
  protected readonly parts = computed(() => this.text().split(BREAKS));
}
