import { Component, computed, inject, signal } from '@angular/core';
import { LanguageChoice } from '../../core/i18n/language-choice';
import { isLanguage, LANGUAGE_IDS, LANGUAGES } from '../../core/i18n/languages';
import { spoken } from '../../core/i18n/translate';
import { TranslatePipe } from '../../core/i18n/translate.pipes';

/** The language for people who are not signed in. It shows the one that is spoken, which they know by its name. */
@Component({
  selector: 'app-language-select',
  imports: [TranslatePipe],
  template: `
    <label for="language">{{ 'Language' | t }}</label>
    <select #select id="language" class="input" (change)="choose(select)">
      @for (id of ids; track id) {
        <option [value]="id" [lang]="id" [selected]="id === language()">{{ names[id].name }}</option>
      }
    </select>
    <p class="field-error" role="alert">
      @if (hasFailed()) {
        {{ 'This language could not be loaded. Check your internet connection, then try again.' | t }}
      }
    </p>
  `,
  styles: `
    :host {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      justify-content: center;
      column-gap: var(--space-2);
      color: var(--text-muted);
      font-size: var(--text-sm);
    }

    .field-error:empty {
      display: none;
    }

    /* The name of a language in another script must not bring that script's font to everybody. */
    .input {
      --input-line: transparent;

      width: auto;
      font-family: 'Inter Variable', system-ui, sans-serif;
      background-color: transparent;
    }
  `,
})
export class LanguageSelectComponent {
  private readonly choice = inject(LanguageChoice);
  protected readonly ids = LANGUAGE_IDS;
  protected readonly names = LANGUAGES;
  protected readonly language = computed(() => spoken().language);
  protected readonly hasFailed = signal(false);

  protected async choose(select: HTMLSelectElement): Promise<void> {
    if (!isLanguage(select.value)) return;
    this.hasFailed.set(false);
    try {
      await this.choice.choose(select.value);
    } catch {
      select.value = this.language();
      this.hasFailed.set(true);
    }
  }
}
