import { Component, computed, inject, input, output, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { t } from '../../core/i18n/translate';
import { TranslatePipe } from '../../core/i18n/translate.pipes';
import { SaveFile } from '../../core/save-file';
import { CopySecretComponent } from '../../shared/ui/copy-secret.component';

/** The recovery codes, this one time. */
@Component({
  selector: 'app-recovery-codes',
  imports: [CopySecretComponent, MatButton, TranslatePipe],
  template: `
    <section class="after-heading" aria-labelledby="codes-heading">
      <h2 id="codes-heading" tabindex="-1">{{ 'Save your recovery codes' | t }}</h2>
      <p class="muted">
        {{
          'Each code signs you in once if you lose your phone. They are shown only now: keep them in your password manager or on paper.'
            | t
        }}
        @if (areRenewed()) {
          {{ 'Codes you had before no longer work.' | t }}
        }
      </p>
      <ul [attr.aria-label]="'Recovery codes' | t">
        @for (code of codes(); track code) {
          <li>
            <code dir="ltr">{{ code }}</code>
          </li>
        }
      </ul>
      <div class="actions-line">
        <app-copy-secret [what]="'the recovery codes' | t" [value]="text()" [(isSaved)]="areSaved">
          {{ 'Copy codes' | t }}
        </app-copy-secret>
        <button matButton="outlined" type="button" (click)="download()">
          {{ 'Download as a file' | t }}
        </button>
        <button [matButton]="areSaved() ? 'filled' : 'outlined'" type="button" (click)="closed.emit()">
          {{ 'I have saved them' | t }}
        </button>
      </div>
    </section>
  `,
  styleUrls: ['./settings-page.scss', './recovery-codes.component.scss'],
})
export class RecoveryCodesComponent {
  readonly codes = input.required<readonly string[]>();
  /** They take the place of codes that the person had. */
  readonly areRenewed = input(false);
  readonly closed = output();

  private readonly files = inject(SaveFile);
  protected readonly areSaved = signal(false);
  protected readonly text = computed(() => this.codes().join('\n'));

  protected download(): void {
    this.files.save(
      'voxreach-recovery-codes.txt',
      'text/plain',
      `${t('VoxReach recovery codes')}\n\n${this.text()}\n`,
    );
    this.areSaved.set(true);
  }
}
