import { Component, computed, inject, input, output } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { t } from '../../core/i18n/translate';
import { TranslatePipe } from '../../core/i18n/translate.pipes';
import { SaveFile } from '../../core/save-file';
import { CopyButtonComponent } from '../../shared/ui/copy-button.component';

/** The recovery codes, this one time. */
@Component({
  selector: 'app-recovery-codes',
  imports: [CopyButtonComponent, MatButton, TranslatePipe],
  template: `
    <section aria-labelledby="codes-heading">
      <h2 id="codes-heading" tabindex="-1">{{ 'Save your recovery codes' | t }}</h2>
      <p class="muted">
        {{
          'Each signs you in once when your phone is lost. They are shown only now: keep them in your password manager or on paper. Codes you had before no longer work.'
            | t
        }}
      </p>
      <div class="codes">
        <ul [attr.aria-label]="'Recovery codes' | t">
          @for (code of codes(); track code) {
            <li>
              <code dir="ltr">{{ code }}</code>
            </li>
          }
        </ul>
        <app-copy-button [what]="'the recovery codes' | t" [secret]="true" [value]="text()" />
      </div>
      <div class="actions-line">
        <button matButton="filled" type="button" (click)="closed.emit()">
          {{ 'I have saved them' | t }}
        </button>
        <button matButton="outlined" type="button" (click)="download()">
          {{ 'Download as a file' | t }}
        </button>
      </div>
    </section>
  `,
  styleUrls: ['./settings-page.scss', './recovery-codes.component.scss'],
})
export class RecoveryCodesComponent {
  readonly codes = input.required<readonly string[]>();
  readonly closed = output();

  private readonly files = inject(SaveFile);
  protected readonly text = computed(() => this.codes().join('\n'));

  protected download(): void {
    this.files.save(
      'voxreach-recovery-codes.txt',
      'text/plain',
      `${t('VoxReach recovery codes')}\n\n${this.text()}\n`,
    );
  }
}
