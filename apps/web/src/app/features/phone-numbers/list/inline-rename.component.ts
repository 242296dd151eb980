import {
  afterNextRender,
  Component,
  type ElementRef,
  inject,
  Injector,
  input,
  output,
  signal,
  viewChild,
} from '@angular/core';
import { TranslatePipe } from '../../../core/i18n/translate.pipes';
import { IconComponent } from '../../../shared/ui/icon.component';

/** A name that can be changed where it stands: Enter or leaving the field saves, Escape does not. */
@Component({
  selector: 'app-inline-rename',
  imports: [IconComponent, TranslatePipe],
  templateUrl: './inline-rename.component.html',
  styleUrl: './inline-rename.component.scss',
})
export class InlineRenameComponent {
  readonly name = input.required<string>();
  /** Nobody has given it a name: it is called by its number or address, which is shown anyway. */
  readonly isUnnamed = input(false);
  readonly isSaving = input(false);
  /** Why it cannot be changed for now. */
  readonly lock = input<string | null>(null);
  readonly renamed = output<string>();

  private readonly injector = inject(Injector);
  private readonly field = viewChild<ElementRef<HTMLInputElement>>('field');
  private readonly opener = viewChild<ElementRef<HTMLButtonElement>>('opener');
  protected readonly isEditing = signal(false);
  /** The name when editing began: one that changes meanwhile must not replace what is being typed. */
  protected readonly before = signal('');

  protected open(): void {
    this.before.set(this.isUnnamed() ? '' : this.name());
    this.isEditing.set(true);
    afterNextRender(() => this.field()?.nativeElement.select(), { injector: this.injector });
  }

  protected save(value: string): void {
    if (!this.isEditing()) return;
    const name = value.trim();
    this.isEditing.set(false);
    if (name !== '' && name !== this.name()) this.renamed.emit(name);
  }

  /** The focus returns to where editing began, not to the top of the page. */
  protected close(): void {
    this.isEditing.set(false);
    afterNextRender(() => this.opener()?.nativeElement.focus(), { injector: this.injector });
  }

  protected saveByKey(value: string): void {
    this.save(value);
    this.close();
  }
}
