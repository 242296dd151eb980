import { Clipboard } from '@angular/cdk/clipboard';
import { inject, Service } from '@angular/core';
import { t } from '../../core/i18n/translate';
import { Announcer } from './announcer';

/** Copies, and says whether it did. */
@Service()
export class Copying {
  private readonly clipboard = inject(Clipboard);
  private readonly announcer = inject(Announcer);

  /** `what` is said on the page, so a secret must not be part of it. */
  copy(value: string, what: string): boolean {
    const isCopied = this.clipboard.copy(value);
    if (isCopied) this.announcer.done(t('Copied {what}', { what }));
    else
      this.announcer.failed({
        detail: t('Your browser does not allow copying here. Select the text and copy it.'),
      });
    return isCopied;
  }
}
