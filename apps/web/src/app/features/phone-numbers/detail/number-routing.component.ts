import {
  afterNextRender,
  Component,
  computed,
  effect,
  ElementRef,
  inject,
  Injector,
  input,
  output,
} from '@angular/core';
import { rxResource } from '@angular/core/rxjs-interop';
import { NonNullableFormBuilder, ReactiveFormsModule } from '@angular/forms';
import { MatButton } from '@angular/material/button';
import { type PhoneNumberResponse, UpdatePhoneNumberBody } from '@voxreach/contracts';
import { TranslatePipe } from '../../../core/i18n/translate.pipes';
import { dtoValidator } from '../../../shared/forms/dto-validator';
import { focusFirstInvalid } from '../../../shared/forms/focus-first-invalid';
import { phoneCharacters } from '../../../shared/forms/provider-fields/phone-input';
import { TextFieldComponent } from '../../../shared/ui/text-field.component';
import { AgentsApi, isAssignable } from '../../agents/agents.api';

/** Who answers, and where a call goes that the agent cannot take. */
@Component({
  selector: 'app-number-routing',
  imports: [MatButton, ReactiveFormsModule, TextFieldComponent, TranslatePipe],
  templateUrl: './number-routing.component.html',
  styleUrl: './number-routing.component.scss',
})
export class NumberRoutingComponent {
  readonly number = input.required<PhoneNumberResponse>();
  readonly isSaving = input(false);
  /** Why nothing can be changed for now. */
  readonly lock = input<string | null>(null);
  readonly changed = output<UpdatePhoneNumberBody>();

  private readonly api = inject(AgentsApi);
  private readonly injector = inject(Injector);
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  protected readonly agents = rxResource({ stream: () => this.api.listAll(), defaultValue: [] });
  protected readonly options = computed(() => this.agents.value().filter(isAssignable));
  /** Who answers now, where that is none of the options. */
  protected readonly other = computed(() => {
    const { agent } = this.number();
    return this.options().some(({ id }) => id === agent?.id) ? null : agent;
  });
  protected readonly form = inject(NonNullableFormBuilder).group(
    { fallbackNumber: '' },
    { validators: dtoValidator(UpdatePhoneNumberBody) },
  );

  constructor() {
    // What was typed stays when the number is only read again.
    effect(() => {
      const saved = this.number().fallbackNumber ?? '';
      if (this.form.pristine) this.form.setValue({ fallbackNumber: saved });
    });
    effect(() => (this.lock() === null ? this.form.enable() : this.form.disable()));
  }

  /** The choice shows once it is saved: until then, and when it is refused, the agent before it still answers. */
  protected assign(select: HTMLSelectElement): void {
    const agentId = select.value || null;
    select.value = this.number().agent?.id ?? '';
    this.changed.emit({ agentId });
  }

  protected saveFallback(): void {
    const { fallbackNumber } = this.form.controls;
    fallbackNumber.setValue(phoneCharacters(fallbackNumber.value));
    this.form.markAllAsTouched();
    if (this.form.invalid) {
      afterNextRender(() => focusFirstInvalid(this.host), { injector: this.injector });
      return;
    }
    this.form.markAsPristine();
    this.changed.emit({ fallbackNumber: fallbackNumber.value || null });
  }
}
