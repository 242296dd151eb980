import { Component, inject, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { MatDialog } from '@angular/material/dialog';
import type { SecondFactorSetupResponse } from '@voxreach/contracts';
import { firstValueFrom, type Observable } from 'rxjs';
import { toApiProblem } from '../../core/api-problem';
import { attempt } from '../../core/attempt';
import { t } from '../../core/i18n/translate';
import { TranslatePipe } from '../../core/i18n/translate.pipes';
import { Session } from '../../core/session/session';
import { Announcer } from '../../shared/ui/announcer';
import { IconComponent } from '../../shared/ui/icon.component';
import { RemovalDialog } from '../../shared/ui/removal.dialog';
import { AccountApi } from './account.api';
import { RecoveryCodesComponent } from './recovery-codes.component';
import { SecondFactorSetupComponent } from './second-factor-setup.component';
import { SecurityNoticesComponent } from './security-notices.component';

interface NewCodes {
  codes: readonly string[];
  areRenewed: boolean;
}

/** The second factor: off, being set up, or on. What it shows once lives in this page alone, until it is closed. */
@Component({
  selector: 'app-security',
  imports: [
    IconComponent,
    MatButton,
    RecoveryCodesComponent,
    SecondFactorSetupComponent,
    SecurityNoticesComponent,
    TranslatePipe,
  ],
  templateUrl: './security.page.html',
  styleUrl: './settings-page.scss',
})
export class SecurityPage {
  private readonly api = inject(AccountApi);
  protected readonly session = inject(Session);
  private readonly dialog = inject(MatDialog);
  private readonly announcer = inject(Announcer);

  protected readonly isOn = this.session.hasSecondFactor;
  protected readonly setup = signal<SecondFactorSetupResponse | null>(null);
  protected readonly codes = signal<NewCodes | null>(null);
  protected readonly isBusy = signal(false);

  protected async begin(): Promise<void> {
    this.setup.set(await this.ask(this.api.beginSecondFactor()));
  }

  protected confirmed(codes: readonly string[]): void {
    this.setup.set(null);
    this.codes.set({ codes, areRenewed: false });
    this.session.refreshDetails();
  }

  protected async replaceCodes(): Promise<void> {
    const replaced = await this.ask(this.api.replaceRecoveryCodes());
    this.codes.set(replaced && { codes: replaced.recoveryCodes, areRenewed: true });
  }

  protected async remove(): Promise<void> {
    const dialog = RemovalDialog.open(this.dialog, () => ({
      heading: t('Remove the second factor?'),
      words: t(
        'Your password alone will sign in to your account. The recovery codes stop working; delete the entry in your authenticator app, too.',
      ),
      keep: t('Keep second factor'),
      remove: t('Remove second factor'),
      run: () => attempt(this.api.removeSecondFactor()),
    }));
    if (!(await firstValueFrom(dialog.afterClosed()))) return;
    this.codes.set(null);
    this.session.refreshDetails();
    this.announcer.done(t('The second factor is removed.'));
  }

  private async ask<T>(request: Observable<T>): Promise<T | null> {
    this.isBusy.set(true);
    try {
      return await firstValueFrom(request);
    } catch (error) {
      this.announcer.failed(toApiProblem(error));
      return null;
    } finally {
      this.isBusy.set(false);
    }
  }
}
