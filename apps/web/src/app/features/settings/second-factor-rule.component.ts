import { Component, computed, inject, input, output, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import type { OrganizationResponse } from '@voxreach/contracts';
import { firstValueFrom } from 'rxjs';
import { type ApiProblem, toApiProblem } from '../../core/api-problem';
import { t } from '../../core/i18n/translate';
import { SaidPipe, TranslatePipe } from '../../core/i18n/translate.pipes';
import { Access } from '../../core/session/access';
import { Announcer } from '../../shared/ui/announcer';
import { IconComponent } from '../../shared/ui/icon.component';
import { OrganizationApi } from './organization.api';

/** Whether members must have a second factor. Everybody sees it, owners change it. */
@Component({
  selector: 'app-second-factor-rule',
  imports: [IconComponent, MatButton, SaidPipe, TranslatePipe],
  templateUrl: './second-factor-rule.component.html',
  styleUrl: './settings-page.scss',
})
export class SecondFactorRuleComponent {
  private readonly api = inject(OrganizationApi);
  private readonly access = inject(Access);
  private readonly announcer = inject(Announcer);

  readonly organization = input.required<OrganizationResponse>();
  readonly changed = output<OrganizationResponse>();

  protected readonly mayChange = computed(() => this.access.may('security:write'));
  protected readonly isBusy = signal(false);
  protected readonly problem = signal<ApiProblem | null>(null);

  protected async change(): Promise<void> {
    const requiresSecondFactor = !this.organization().requiresSecondFactor;
    this.isBusy.set(true);
    this.problem.set(null);
    try {
      this.changed.emit(await firstValueFrom(this.api.secure({ requiresSecondFactor })));
      this.announcer.done(
        t(
          requiresSecondFactor
            ? 'A second factor is required now.'
            : 'A second factor is not required any more.',
        ),
      );
    } catch (error) {
      this.problem.set(toApiProblem(error));
    } finally {
      this.isBusy.set(false);
    }
  }
}
