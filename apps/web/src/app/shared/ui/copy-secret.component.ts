import { Component, inject, input, model } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { Copying } from './copying';

/** Copies what is shown once: the first thing to do with it, so it stands out until it was done. */
@Component({
  selector: 'app-copy-secret',
  imports: [MatButton],
  template: `
    <button [matButton]="isSaved() ? 'outlined' : 'filled'" type="button" (click)="copy()">
      <ng-content />
    </button>
  `,
})
export class CopySecretComponent {
  readonly value = input.required<string>();
  /** What it is, for what is said afterwards. */
  readonly what = input.required<string>();
  readonly isSaved = model(false);

  private readonly copying = inject(Copying);

  protected copy(): void {
    if (this.copying.copy(this.value(), this.what())) this.isSaved.set(true);
  }
}
