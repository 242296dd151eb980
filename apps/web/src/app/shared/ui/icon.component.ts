import { Component, computed, input } from '@angular/core';
import { ICON_PATHS, type IconName } from './icon-paths';

/** Icons that point along the line, and so the other way where it is read from right to left. */
const POINTING: readonly IconName[] = ['arrow-left', 'arrow-right', 'chevron-right', 'external', 'sign-out'];

/** A decorative icon: what it means is always said in words beside it, or by the control's accessible name. */
@Component({
  selector: 'app-icon',
  host: { 'aria-hidden': 'true', '[class.is-pointing]': 'isPointing()' },
  template: `<svg viewBox="0 0 24 24" focusable="false"><path [attr.d]="path()" /></svg>`,
  styleUrl: './icon.component.scss',
})
export class IconComponent {
  readonly name = input.required<IconName>();
  protected readonly path = computed(() => ICON_PATHS[this.name()]);
  protected readonly isPointing = computed(() => POINTING.includes(this.name()));
}
