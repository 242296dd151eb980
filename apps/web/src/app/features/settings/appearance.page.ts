import { Component, inject } from '@angular/core';
import { COLOR_SCHEMES, type ColorScheme, ColorSchemeChoice } from '../../core/color-scheme';

const WORDS: Record<ColorScheme, { title: string; text: string }> = {
  system: { title: 'As the system', text: 'Follows what your computer or phone is set to.' },
  light: { title: 'Light', text: 'Dark letters on a light page.' },
  dark: { title: 'Dark', text: 'Light letters on a dark page.' },
};

@Component({
  selector: 'app-appearance',
  template: `
    <header class="page-header"><h1>Appearance</h1></header>
    <fieldset class="choices">
      <legend>Colours</legend>
      @for (scheme of schemes; track scheme) {
        <label class="choice">
          <input
            type="radio"
            name="color-scheme"
            [checked]="choice() === scheme"
            (change)="colors.choose(scheme)"
          />
          <span class="choice-title">{{ words[scheme].title }}</span>
          <span class="choice-text">{{ words[scheme].text }}</span>
        </label>
      }
    </fieldset>
    <p class="muted">Kept in this browser, for this browser.</p>
  `,
  styleUrls: ['./settings-page.scss', '../../shared/forms/choices.scss'],
  styles: `
    .choices {
      width: 440px;
      max-width: 100%;
    }
  `,
})
export class AppearancePage {
  protected readonly colors = inject(ColorSchemeChoice);
  protected readonly choice = this.colors.choice;
  protected readonly schemes = COLOR_SCHEMES;
  protected readonly words = WORDS;
}
