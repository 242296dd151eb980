import { Component, computed, input } from '@angular/core';
import { encode } from 'uqr';

/** Empty modules that readers expect around the code. */
const MARGIN = 4;
/** Whole pixels, so that all modules are of one size. */
const MODULE_PX = 4;

/** A QR code, always dark on light: readers do not know dark pages. */
@Component({
  selector: 'app-qr-code',
  host: { '[style.width.px]': 'modules().length * modulePx' },
  template: `
    <svg role="img" shape-rendering="crispEdges" [attr.aria-label]="label()" [attr.viewBox]="viewBox()">
      <path [attr.d]="path()" />
    </svg>
  `,
  styles: `
    :host {
      display: block;
      box-sizing: content-box;
      max-width: 100%;
      border: 1px solid var(--line);
      border-radius: var(--radius-md);
      background: #fff;
      overflow: hidden;
    }

    svg {
      display: block;
      width: 100%;
      fill: #000;
    }
  `,
})
export class QrCodeComponent {
  readonly value = input.required<string>();
  readonly label = input.required<string>();

  protected readonly modulePx = MODULE_PX;
  protected readonly modules = computed(() => encode(this.value(), { ecc: 'M', border: MARGIN }).data);
  protected readonly viewBox = computed(() => `0 0 ${this.modules().length} ${this.modules().length}`);
  protected readonly path = computed(() =>
    this.modules()
      .flatMap((row, y) => row.map((isDark, x) => (isDark ? `M${x} ${y}h1v1h-1z` : '')))
      .join(''),
  );
}
