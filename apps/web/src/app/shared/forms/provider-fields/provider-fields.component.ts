import { Component, computed, input } from '@angular/core';
import { type AbstractControl, FormArray, FormControl, FormGroup } from '@angular/forms';
import type { GroupField, ListField, ProviderField } from '@voxreach/contracts';
import { SaidPipe, TranslatePipe } from '../../../core/i18n/translate.pipes';
import { IconComponent } from '../../ui/icon.component';
import { blocksOf, foldsOf } from './field-blocks';
import { FieldListComponent } from './field-list.component';
import { ProviderFieldComponent } from './provider-field.component';
import { inputsIn, type ProviderForm, switchOff, switchOn, under } from './provider-form';

const NONE: ReadonlySet<string> = new Set();

/**
 * The inputs that a provider's descriptor asks for, in its order, in one column. Of several ways, one is enough; what is rarely needed
 * stands in a fold below.
 */
@Component({
  selector: 'app-provider-fields',
  imports: [FieldListComponent, IconComponent, ProviderFieldComponent, SaidPipe, TranslatePipe],
  templateUrl: './provider-fields.component.html',
  styleUrl: './provider-fields.component.scss',
})
export class ProviderFieldsComponent {
  readonly fields = input.required<readonly ProviderField[]>();
  readonly form = input.required<ProviderForm>();
  /** Where the fields stand in the form, for example `credential`. */
  readonly prefix = input('');
  /** Full paths of secrets that were sent and are no longer here. */
  readonly forgotten = input(NONE);

  protected readonly blocks = computed(() => blocksOf(this.prefix(), this.fields()));
  /** One in which something is set is open. */
  protected readonly folds = computed(() =>
    foldsOf(this.fields()).map((fold) => ({
      ...fold,
      isOpen: isInUse(this.form(), under(this.prefix(), fold.fields)),
    })),
  );
  /** What the paths of the fields begin at. */
  protected readonly level = computed(() => this.at(this.prefix(), FormGroup));

  protected controlOf(path: string): FormControl {
    return this.at(path, FormControl);
  }

  protected itemsOf({ path }: ListField): FormArray<ProviderForm> {
    return this.at(path, FormArray);
  }

  protected isOn({ path }: GroupField): boolean {
    return this.form().get(path) !== null;
  }

  protected turn(group: GroupField, { target }: Event): void {
    if (!(target instanceof HTMLInputElement)) return;
    if (target.checked) switchOn(this.form(), group);
    else switchOff(this.form(), group);
    this.form().markAsDirty();
  }

  private at<Kind extends AbstractControl>(path: string, kind: new (...args: never[]) => Kind): Kind {
    const control = path === '' ? this.form() : this.form().get(path);
    if (control instanceof kind) return control;
    throw new Error(`The form has no such field at ${path}`);
  }
}

const isInUse = (form: ProviderForm, fields: readonly ProviderField[]): boolean =>
  inputsIn(form, fields).some(({ control, initial = '' }) => control.value !== initial) ||
  fields.some(({ kind, path }) => kind === 'group' && form.get(path) !== null);
