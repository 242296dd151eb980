import { effect, inject, Service, signal } from '@angular/core';
import { Title } from '@angular/platform-browser';
import { type RouterStateSnapshot, TitleStrategy } from '@angular/router';
import { said } from './i18n/translate';

@Service()
export class PageTitle extends TitleStrategy {
  private readonly title = inject(Title);
  /** In English, as the route has it. */
  private readonly words = signal<string | undefined>(undefined);

  constructor() {
    super();
    effect(() => {
      const words = this.words();
      this.title.setTitle(words === undefined ? 'VoxReach' : `${said(words)} · VoxReach`);
    });
  }

  override updateTitle(snapshot: RouterStateSnapshot): void {
    this.words.set(this.buildTitle(snapshot));
  }
}
