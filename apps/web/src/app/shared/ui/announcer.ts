import { Service, signal } from '@angular/core';
import type { MatSnackBarConfig } from '@angular/material/snack-bar';
import { said, t } from '../../core/i18n/translate';
import { injectLater } from '../../core/inject-later';

const SHORT = 4_000;
const UNTIL_READ = 10_000;

/** Says what happened at the edge of the page, for eyes and screen readers alike. */
@Service()
export class Announcer {
  private readonly snackBar = injectLater(
    async () => (await import('@angular/material/snack-bar')).MatSnackBar,
  );
  private readonly plain = signal('');
  private fading?: ReturnType<typeof setTimeout>;

  /** What the message bar would say if it could be loaded; the frame shows it. */
  readonly withoutBar = this.plain.asReadonly();

  done(message: string): void {
    void this.open(message, undefined, { duration: SHORT, politeness: 'polite' });
  }

  /** For what can be taken back; `undo` runs when the person asks for it in time. */
  undoable(message: string, undo: () => void): void {
    void this.open(message, t('Undo'), { duration: UNTIL_READ, politeness: 'polite' }, undo);
  }

  /** `detail` as the API says it, in English, or in words of the dashboard. */
  failed({ detail }: { detail: string }): void {
    void this.open(said(detail), t('Close'), { duration: UNTIL_READ, politeness: 'assertive' });
  }

  private async open(
    message: string,
    action: string | undefined,
    config: MatSnackBarConfig,
    act?: () => void,
  ): Promise<void> {
    const snackBar = await this.snackBar().catch(() => null);
    if (snackBar === null) return this.openPlain(message, config.duration);
    const bar = snackBar.open(message, action, config);
    if (act !== undefined) bar.onAction().subscribe(act);
  }

  private openPlain(message: string, duration?: number): void {
    clearTimeout(this.fading);
    this.plain.set(message);
    this.fading = setTimeout(() => this.plain.set(''), duration);
  }
}
