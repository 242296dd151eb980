import { inject, Service } from '@angular/core';
import { MatDialog } from '@angular/material/dialog';
import type { PhoneNumberResponse } from '@voxreach/contracts';
import { PROVIDER_CARDS, type ProviderCard } from '@voxreach/contracts/vocabulary';
import { firstValueFrom } from 'rxjs';
import { attempt } from '../../core/attempt';
import type { Sentence } from '../../core/i18n/sentences';
import { said, t } from '../../core/i18n/translate';
import { Access } from '../../core/session/access';
import { type Removal, RemovalDialog } from '../../shared/ui/removal.dialog';
import { PhoneFormat } from './phone-format';
import { PhoneNumbersApi } from './phone-numbers.api';

/** What becomes of the number itself, by where it stands. */
const AFTERWARDS: Record<ProviderCard['situation'], Sentence> = {
  carrier: 'The number stays yours at {provider}; check its voice settings there.',
  trunk: 'The number stays with your carrier; stop sending its calls to Vapi there.',
  test: 'The number goes back to {provider}, and you may not get the same one again.',
};

/** Asks whether a number may go, and removes it. Loaded when it is wanted: no page is drawn with it. */
@Service()
export class NumberRemoval {
  private readonly dialog = inject(MatDialog);
  private readonly api = inject(PhoneNumbersApi);
  private readonly access = inject(Access);
  private readonly phones = inject(PhoneFormat);

  /** True when the number is gone. */
  async ask(number: PhoneNumberResponse): Promise<boolean> {
    const run = (deleteCredential: boolean) =>
      attempt(this.api.remove(number.id, deleteCredential ? { deleteCredential } : {}));
    const mayTakeCredential = this.access.may('credentials:write');
    // The number may be written for reading only after the dialog has opened.
    const asked = RemovalDialog.open(this.dialog, () =>
      wordsOf(number, this.phones.title(number), mayTakeCredential, run),
    );
    return (await firstValueFrom(asked.afterClosed())) === true;
  }
}

function wordsOf(
  { provider, agent, credential }: PhoneNumberResponse,
  title: string,
  mayTakeCredential: boolean,
  run: Removal['run'],
): Removal {
  const { situation, label } = PROVIDER_CARDS[provider];
  const calls =
    agent === null
      ? t('{number} will leave VoxReach.', { number: title })
      : t('Calls to {number} will no longer reach {agent}.', { number: title, agent: agent.name });
  const afterwards = t(AFTERWARDS[situation], { provider: said(label) });
  const option = mayTakeCredential &&
    credential && {
      label: t('Also remove the saved credential “{name}”', { name: credential.name }),
      hint: t('It stays if other numbers use it.'),
    };
  return {
    heading: t('Remove {number}?', { number: title }),
    words: `${calls} ${afterwards}`,
    keep: t('Keep number'),
    remove: t('Remove number'),
    ...(option && { option }),
    run,
  };
}

/** The same for several numbers at once, by where they stand. */
const AFTERWARDS_OF_SEVERAL: Record<ProviderCard['situation'], Sentence> = {
  carrier: 'Numbers from a carrier stay yours; check their voice settings there.',
  trunk: 'Numbers of your own trunk stay with your carrier; stop sending their calls to Vapi.',
  test: 'Free test numbers go back, and you may not get the same ones again.',
};

export function afterRemovals(numbers: readonly PhoneNumberResponse[]): string {
  const situations = new Set(numbers.map(({ provider }) => PROVIDER_CARDS[provider].situation));
  return [...situations].map((situation) => t(AFTERWARDS_OF_SEVERAL[situation])).join(' ');
}
