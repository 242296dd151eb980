import { inject, onIdle, Pipe, type PipeTransform, Service, signal } from '@angular/core';
import type { PhoneNumberResponse } from '@voxreach/contracts';
import { t } from '../../core/i18n/translate';
import type { parsePhoneNumberFromString } from 'libphonenumber-js/min';

type Parse = typeof parsePhoneNumberFromString;

/** Numbers of the North American plan are read in groups joined by hyphens: +1 415-555-0100. */
const NORTH_AMERICAN = /^\+1 (\d{3}) (\d{3}) (\d{4})$/;

const write = (number: string, parse: Parse): string =>
  parse(number)?.formatInternational().replace(NORTH_AMERICAN, '+1 $1-$2-$3') ?? number;

/** Writes numbers for reading. What is known of the world's numbers is loaded after the page; until then they stay plain. */
@Service()
export class PhoneFormat {
  private readonly parse = signal<Parse | null>(null);
  /** As they have been written before: to take a number apart is the dearest part of drawing its row. */
  private readonly written = new Map<string, string>();

  constructor() {
    // Not with the first number: it would stand there plain, and then change, for longer. Nor before the page stands, which can do without.
    void onIdle().then(() => this.read());
  }

  format(number: string): string {
    if (!number.startsWith('+')) return number;
    const parse = this.parse();
    if (parse === null) return number;
    const written = this.written.get(number) ?? write(number, parse);
    this.written.set(number, written);
    return written;
  }

  private async read(): Promise<void> {
    try {
      const { parsePhoneNumberFromString } = await import('libphonenumber-js/min');
      this.parse.set(parsePhoneNumberFromString);
    } catch {
      // Plain E.164 is correct too, only harder to read.
    }
  }

  /** What a number is called on the screen: the number, or the address it is reached at. */
  title({ number, sipUri }: Pick<PhoneNumberResponse, 'number' | 'sipUri'>): string {
    if (number !== null) return this.format(number);
    return sipUri ?? t('Number not assigned yet');
  }
}

/** Impure because the words change once when the formatter has arrived; the work is small and numbers are few. */
@Pipe({ name: 'phone', pure: false })
export class PhonePipe implements PipeTransform {
  private readonly phones = inject(PhoneFormat);

  transform(number: string): string {
    return this.phones.format(number);
  }
}
