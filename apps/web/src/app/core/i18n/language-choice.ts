import { Directionality } from '@angular/cdk/bidi';
import { DOCUMENT, inject, Service, signal } from '@angular/core';
import { TranslocoService } from '@jsverse/transloco';
import { firstValueFrom } from 'rxjs';
import { readStored, store } from '../browser-storage';
import { isLanguage, LANGUAGES, type LanguageId, languageOf, localeOf } from './languages';
import { speak } from './translate';

export type ChosenLanguage = LanguageId | 'browser';

const KEY = 'voxreach.language';

/** The language of the dashboard: chosen here, or the browser's. Other tabs follow. */
@Service()
export class LanguageChoice {
  private readonly transloco = inject(TranslocoService);
  private readonly directionality = inject(Directionality);
  private readonly document = inject(DOCUMENT);
  private readonly chosen = signal<ChosenLanguage>(stored());

  readonly choice = this.chosen.asReadonly();

  /** Resolves when the words are there; English, which needs none, when they cannot be read. */
  async begin(): Promise<void> {
    this.document.defaultView?.addEventListener('storage', ({ key }) => {
      if (key === KEY) void this.follow(stored());
    });
    await this.follow(this.chosen()).catch(() => this.turnTo('en'));
  }

  /** Rejects when the language cannot be read; the one before then stays. */
  async choose(language: ChosenLanguage): Promise<void> {
    await this.follow(language);
    store(KEY, language);
  }

  private async follow(choice: ChosenLanguage): Promise<void> {
    await this.turnTo(choice === 'browser' ? languageOf(this.wanted()) : choice);
    this.chosen.set(choice);
  }

  private async turnTo(language: LanguageId): Promise<void> {
    const words = (await firstValueFrom(this.transloco.load(language))) as Record<string, unknown>;
    const { direction } = LANGUAGES[language];
    this.transloco.setActiveLang(language);
    speak({
      language,
      locale: localeOf(language, this.wanted()),
      known: new Set(language === 'en' ? [] : Object.keys(words)),
    });
    this.document.documentElement.lang = language;
    this.document.documentElement.dir = direction;
    this.directionality.valueSignal.set(direction);
    this.directionality.change.emit(direction);
  }

  private wanted(): readonly string[] {
    return this.document.defaultView?.navigator.languages ?? [];
  }
}

function stored(): ChosenLanguage {
  const value = readStored(KEY);
  return isLanguage(value) ? value : 'browser';
}
