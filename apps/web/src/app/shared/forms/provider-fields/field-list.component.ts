import { NgTemplateOutlet } from '@angular/common';
import {
  afterNextRender,
  ChangeDetectorRef,
  Component,
  contentChild,
  DestroyRef,
  effect,
  type ElementRef,
  inject,
  Injector,
  input,
  TemplateRef,
  viewChildren,
} from '@angular/core';
import type { FormArray } from '@angular/forms';
import type { ListField } from '@voxreach/contracts';
import { SaidPipe } from '../../../core/i18n/translate.pipes';
import { Announcer } from '../../ui/announcer';
import { IconComponent } from '../../ui/icon.component';
import { itemWords } from './item-words';
import { newItem, type ProviderForm } from './provider-form';

/** The same inputs several times. Each item is drawn by the template inside, which is told its index. The last one cannot be removed. */
@Component({
  selector: 'app-field-list',
  imports: [IconComponent, NgTemplateOutlet, SaidPipe],
  templateUrl: './field-list.component.html',
  styleUrl: './field-list.component.scss',
})
export class FieldListComponent {
  readonly list = input.required<ListField>();
  readonly items = input.required<FormArray<ProviderForm>>();

  private readonly announcer = inject(Announcer);
  private readonly destroyed = inject(DestroyRef);
  private readonly injector = inject(Injector);
  private readonly drawn = viewChildren<ElementRef<HTMLElement>>('item');
  protected readonly template = contentChild.required(TemplateRef);

  constructor() {
    const view = inject(ChangeDetectorRef);
    effect((cleanUp) => {
      const changes = this.items().events.subscribe(() => view.markForCheck());
      cleanUp(() => changes.unsubscribe());
    });
  }

  protected words(kind: keyof ListField['words'], index: number): string {
    return itemWords(this.list(), kind, index);
  }

  protected add(): void {
    this.put(this.items().length, newItem(this.list()));
  }

  /** The focus goes to what now stands in its place. */
  protected remove(index: number): void {
    const items = this.items();
    const item = items.at(index);
    items.removeAt(index);
    items.markAsDirty();
    this.focus(Math.min(index, items.length - 1));
    const putBack = () => this.put(Math.min(index, items.length), item);
    this.announcer.undoable(this.words('removed', index), putBack);
  }

  private put(index: number, item: ProviderForm): void {
    if (this.items().length >= this.list().most) return;
    this.items().insert(index, item);
    this.items().markAsDirty();
    this.focus(index);
  }

  private focus(index: number): void {
    // What is taken back may come after the form has gone.
    if (this.destroyed.destroyed) return;
    const focusFirstField = () =>
      this.drawn()[index]?.nativeElement.querySelector<HTMLElement>('input, select')?.focus();
    afterNextRender(focusFirstField, { injector: this.injector });
  }
}
