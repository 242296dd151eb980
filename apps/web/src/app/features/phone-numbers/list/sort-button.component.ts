import { Component, computed, input, output } from '@angular/core';
import type { PhoneNumberSort } from '@voxreach/contracts';
import { IconComponent } from '../../../shared/ui/icon.component';
import { sortOrder } from './sort-order';

/** The head of a column that sorts. It goes through the orders that the API has for its column. */
@Component({
  selector: 'app-sort-button',
  imports: [IconComponent],
  template: `
    <button type="button" [class.is-current]="order() !== null" (click)="sorted.emit(next())">
      <ng-content />
      <app-icon [name]="order() === 'ascending' ? 'arrow-up' : 'arrow-down'" />
    </button>
  `,
  styleUrl: './sort-button.component.scss',
})
export class SortButtonComponent {
  readonly orders = input.required<readonly PhoneNumberSort[]>();
  readonly sort = input.required<PhoneNumberSort>();
  readonly sorted = output<PhoneNumberSort>();

  protected readonly order = computed(() => sortOrder(this.orders(), this.sort()));
  protected readonly next = computed(() => {
    const orders = this.orders();
    return orders[(orders.indexOf(this.sort()) + 1) % orders.length] ?? this.sort();
  });
}
