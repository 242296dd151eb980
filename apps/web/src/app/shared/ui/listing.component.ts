import { Component, computed, input, type ResourceRef } from '@angular/core';
import { MatButton } from '@angular/material/button';
import type { Sentence } from '../../core/i18n/sentences';
import { SaidPipe, TranslatePipe } from '../../core/i18n/translate.pipes';
import { problemIn } from '../../core/problem-of';
import { MessageComponent } from './message.component';

/** A head of the table. `kind` is the class that its cells have too, which settles how wide they are. */
export interface Column {
  label: Sentence;
  kind?: 'kind' | 'count' | 'since';
  /** Where another width than that of its kind fits what it holds. */
  width?: string;
}

/**
 * A short list that is read as a whole: its final shape while it is read, why it could not be, what there is to do while it is empty
 * (`listingEmpty`), and its rows. The last column holds what can be done with a row, where there is something.
 */
@Component({
  selector: 'app-listing',
  imports: [MatButton, MessageComponent, SaidPipe, TranslatePipe],
  templateUrl: './listing.component.html',
})
export class ListingComponent {
  readonly label = input.required<string>();
  readonly columns = input.required<readonly Column[]>();
  readonly reading = input.required<ResourceRef<readonly unknown[] | undefined>>();
  /** What to say when it could not be read. */
  readonly failed = input.required<string>();

  readonly hasActions = input(true);

  protected readonly problem = computed(() => problemIn(this.reading()));
  private readonly rows = computed(() => {
    const reading = this.reading();
    return reading.hasValue() ? reading.value() : undefined;
  });
  protected readonly isEmpty = computed(() => this.rows()?.length === 0);
  protected readonly isWaiting = computed(() => this.reading().isLoading() && this.rows() === undefined);
  protected readonly placeholders = [1, 2, 3];
}
