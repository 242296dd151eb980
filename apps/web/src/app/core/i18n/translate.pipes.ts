import { Pipe, type PipeTransform } from '@angular/core';
import type { CountedSentence, Sentence, SentenceParams } from './sentences';
import { counted, said, t } from './translate';

// Not pure: the same sentence reads otherwise when another language is chosen.

/** `{{ 'Add number' | t }}`: words of the dashboard itself. */
@Pipe({ name: 't', pure: false })
export class TranslatePipe implements PipeTransform {
  transform(sentence: Sentence, params?: SentenceParams): string {
    return t(sentence, params);
  }
}

/** `{{ '{count} numbers' | counted: total() }}`: words that depend on a number. */
@Pipe({ name: 'counted', pure: false })
export class CountedPipe implements PipeTransform {
  transform(sentence: CountedSentence, count: number, params?: SentenceParams): string {
    return counted(sentence, count, params);
  }
}

/** `{{ problem.detail | said }}`: words of the API and of the contracts. */
@Pipe({ name: 'said', pure: false })
export class SaidPipe implements PipeTransform {
  transform(text: string): string {
    return said(text);
  }
}
