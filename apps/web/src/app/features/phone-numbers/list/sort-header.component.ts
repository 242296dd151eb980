import { Component, computed, input, output } from '@angular/core';
import type { PhoneNumberSort } from '@voxreach/contracts';
import { IconComponent } from '../../../shared/ui/icon.component';

/** A column head that sorts. It goes through the orders that the API has for its column. */
@Component({
  selector: 'th[appSortHeader]',
  imports: [IconComponent],
  host: { role: 'columnheader', scope: 'col', '[attr.aria-sort]': 'order()' },
  template: `
    <button type="button" [class.is-current]="order() !== null" (click)="sorted.emit(next())">
      <ng-content />
      <app-icon [name]="order() === 'ascending' ? 'arrow-up' : 'arrow-down'" />
    </button>
  `,
  styleUrl: './sort-header.component.scss',
})
export class SortHeaderComponent {
  readonly orders = input.required<readonly PhoneNumberSort[]>({ alias: 'appSortHeader' });
  readonly sort = input.required<PhoneNumberSort>();
  readonly sorted = output<PhoneNumberSort>();

  protected readonly order = computed(() => {
    if (!this.orders().includes(this.sort())) return null;
    return this.sort().startsWith('-') ? 'descending' : 'ascending';
  });
  protected readonly next = computed(() => {
    const orders = this.orders();
    return orders[(orders.indexOf(this.sort()) + 1) % orders.length] ?? this.sort();
  });
}
