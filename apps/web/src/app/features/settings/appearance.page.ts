import { Component, inject } from '@angular/core';
import { COLOR_SCHEMES, type ColorScheme, ColorSchemeChoice } from '../../core/color-scheme';
import { type ChosenLanguage, LanguageChoice } from '../../core/i18n/language-choice';
import { LANGUAGE_IDS, LANGUAGES } from '../../core/i18n/languages';
import type { Sentence } from '../../core/i18n/sentences';
import { t } from '../../core/i18n/translate';
import { TranslatePipe } from '../../core/i18n/translate.pipes';
import { Announcer } from '../../shared/ui/announcer';

const WORDS: Record<ColorScheme, { title: Sentence; text: Sentence }> = {
  system: { title: 'Same as system', text: 'Follows what your computer or phone is set to.' },
  light: { title: 'Light', text: 'Dark letters on a light page.' },
  dark: { title: 'Dark', text: 'Light letters on a dark page.' },
};

@Component({
  selector: 'app-appearance',
  imports: [TranslatePipe],
  template: `
    <header class="page-header">
      <h1>{{ 'Appearance' | t }}</h1>
    </header>
    <fieldset class="choices">
      <legend>{{ 'Colours' | t }}</legend>
      @for (scheme of schemes; track scheme) {
        <label class="choice">
          <input
            type="radio"
            name="color-scheme"
            [checked]="choice() === scheme"
            (change)="colors.choose(scheme)"
          />
          <span class="choice-title">{{ words[scheme].title | t }}</span>
          <span class="choice-text">{{ words[scheme].text | t }}</span>
        </label>
      }
    </fieldset>
    <fieldset class="choices">
      <legend>{{ 'Language' | t }}</legend>
      <label class="choice">
        <input
          type="radio"
          name="language"
          [checked]="language() === 'browser'"
          (change)="chooseLanguage('browser')"
        />
        <span class="choice-title">{{ 'Same as browser' | t }}</span>
        <span class="choice-text">{{ 'The first of its languages that VoxReach offers.' | t }}</span>
      </label>
      @for (id of languageIds; track id) {
        <label class="choice">
          <input type="radio" name="language" [checked]="language() === id" (change)="chooseLanguage(id)" />
          <span class="choice-title" [lang]="id">{{ languageNames[id].name }}</span>
        </label>
      }
    </fieldset>
    <p class="muted">{{ 'Saved in this browser only.' | t }}</p>
  `,
  styleUrls: ['./settings-page.scss', '../../shared/forms/choices.scss'],
  styles: `
    .choices {
      width: 440px;
      max-width: 100%;
      margin-block-end: 24px;
    }
  `,
})
export class AppearancePage {
  private readonly languages = inject(LanguageChoice);
  private readonly announcer = inject(Announcer);
  protected readonly colors = inject(ColorSchemeChoice);
  protected readonly choice = this.colors.choice;
  protected readonly language = this.languages.choice;
  protected readonly schemes = COLOR_SCHEMES;
  protected readonly words = WORDS;
  protected readonly languageIds = LANGUAGE_IDS;
  protected readonly languageNames = LANGUAGES;

  protected async chooseLanguage(language: ChosenLanguage): Promise<void> {
    try {
      await this.languages.choose(language);
    } catch {
      this.announcer.failed({
        detail: t('This language could not be loaded. Check your internet connection, then try again.'),
      });
    }
  }
}
