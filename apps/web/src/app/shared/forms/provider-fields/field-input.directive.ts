import { Directive, ElementRef, forwardRef, inject, input } from '@angular/core';
import { type ControlValueAccessor, NG_VALUE_ACCESSOR } from '@angular/forms';
import type { FieldKind } from '@voxreach/contracts';
import type { FieldValue } from './provider-form';
import { phoneCharacters } from './phone-input';

/**
 * Between what a person types and what is sent: a port or another count is a number, a phone number has no separators. Anything that
 * does not read as such is passed on as typed, for the DTO class to refuse.
 */
@Directive({
  selector: 'input[appFieldInput]',
  host: { '(input)': 'typed()', '(blur)': 'left()' },
  providers: [
    { provide: NG_VALUE_ACCESSOR, useExisting: forwardRef(() => FieldInputDirective), multi: true },
  ],
})
export class FieldInputDirective implements ControlValueAccessor {
  readonly kind = input.required<FieldKind>({ alias: 'appFieldInput' });

  private readonly element = inject<ElementRef<HTMLInputElement>>(ElementRef).nativeElement;
  private changed: (value: FieldValue) => void = () => undefined;
  private touched: () => void = () => undefined;

  writeValue(value: FieldValue | null): void {
    this.element.value = String(value ?? '');
  }

  registerOnChange(changed: (value: FieldValue) => void): void {
    this.changed = changed;
  }

  registerOnTouched(touched: () => void): void {
    this.touched = touched;
  }

  setDisabledState(disabled: boolean): void {
    this.element.disabled = disabled;
  }

  protected typed(): void {
    this.changed(this.parsed());
  }

  /** The separators go from the screen only now: before, the cursor would jump. */
  protected left(): void {
    this.writeValue(this.parsed());
    this.touched();
  }

  private parsed(): FieldValue {
    const { value } = this.element;
    if (this.kind() === 'phone') return phoneCharacters(value);
    const isCount = this.kind() === 'port' || this.kind() === 'number';
    return isCount && /^\d+$/.test(value.trim()) ? Number(value) : value;
  }
}
