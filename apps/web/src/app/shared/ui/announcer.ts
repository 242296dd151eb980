import { inject, Service } from '@angular/core';
import { MatSnackBar } from '@angular/material/snack-bar';
import { said, t } from '../../core/i18n/translate';

const SHORT = 4_000;
const UNTIL_READ = 10_000;

/** Says what happened at the edge of the page, for eyes and screen readers alike. */
@Service()
export class Announcer {
  private readonly snackBar = inject(MatSnackBar);

  done(message: string): void {
    this.snackBar.open(message, undefined, { duration: SHORT, politeness: 'polite' });
  }

  /** For what can be taken back; `undo` runs when the person asks for it in time. */
  undoable(message: string, undo: () => void): void {
    this.snackBar
      .open(message, t('Undo'), { duration: UNTIL_READ, politeness: 'polite' })
      .onAction()
      .subscribe(undo);
  }

  /** `detail` as the API says it, in English, or in words of the dashboard. */
  failed({ detail }: { detail: string }): void {
    this.snackBar.open(said(detail), t('Close'), { duration: UNTIL_READ, politeness: 'assertive' });
  }
}
