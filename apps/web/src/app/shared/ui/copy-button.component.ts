import { Component, computed, inject, input, signal } from '@angular/core';
import { TranslatePipe } from '../../core/i18n/translate.pipes';
import { Copying } from './copying';
import { IconComponent } from './icon.component';

const CONFIRMED_FOR = 2_000;

/** Copies one value exactly as it is given. */
@Component({
  selector: 'app-copy-button',
  imports: [IconComponent, TranslatePipe],
  template: `
    <button
      class="icon-button"
      type="button"
      [attr.aria-label]="'Copy {what}' | t: { what: what() }"
      [title]="'Copy {what}' | t: { what: shown() }"
      (click)="copy()"
    >
      <app-icon [name]="isCopied() ? 'check' : 'copy'" />
    </button>
  `,
  styles: `
    app-icon {
      width: 17px;
      height: 17px;
    }
  `,
})
export class CopyButtonComponent {
  readonly value = input.required<string>();
  /** What it is, for the accessible name: "number +1 415-555-0100". */
  readonly what = input.required<string>();

  /** True for what must not be repeated on the page. */
  readonly secret = input(false);

  private readonly copying = inject(Copying);
  protected readonly shown = computed(() => (this.secret() ? this.what() : this.value()));
  protected readonly isCopied = signal(false);

  protected copy(): void {
    if (!this.copying.copy(this.value(), this.shown())) return;
    this.isCopied.set(true);
    setTimeout(() => this.isCopied.set(false), CONFIRMED_FOR);
  }
}
