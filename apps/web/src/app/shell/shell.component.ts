import { Component, computed, inject, signal } from '@angular/core';
import { MatTooltip } from '@angular/material/tooltip';
import { RouterLink, RouterLinkActive, RouterOutlet } from '@angular/router';
import { toApiProblem } from '../core/api-problem';
import { type ColorScheme, ColorSchemeChoice } from '../core/color-scheme';
import { Session } from '../core/session/session';
import { Announcer } from '../shared/ui/announcer';
import type { IconName } from '../shared/ui/icon-paths';
import { IconComponent } from '../shared/ui/icon.component';

interface Destination {
  path: string;
  label: string;
  icon: IconName;
}

const DESTINATIONS: readonly Destination[] = [
  { path: '/numbers', label: 'Numbers', icon: 'phone' },
  { path: '/agents', label: 'Agents', icon: 'agent' },
  { path: '/credentials', label: 'Credentials', icon: 'key' },
];

const SCHEME_WORDS: Record<ColorScheme, string> = {
  system: 'Colours follow the system',
  light: 'Light colours',
  dark: 'Dark colours',
};

@Component({
  selector: 'app-shell',
  imports: [IconComponent, MatTooltip, RouterLink, RouterLinkActive, RouterOutlet],
  templateUrl: './shell.component.html',
  styleUrl: './shell.component.scss',
})
export class ShellComponent {
  private readonly session = inject(Session);
  private readonly announcer = inject(Announcer);
  protected readonly scheme = inject(ColorSchemeChoice);
  protected readonly destinations = DESTINATIONS;
  protected readonly organization = this.session.organization;
  protected readonly user = this.session.user;
  protected readonly initial = computed(() => this.organization()?.name.trim().charAt(0).toUpperCase() ?? '');
  protected readonly schemeWords = computed(() => SCHEME_WORDS[this.scheme.choice()]);
  protected readonly isLeaving = signal(false);

  protected async signOut(): Promise<void> {
    this.isLeaving.set(true);
    try {
      await this.session.signOut();
    } catch (error) {
      this.isLeaving.set(false);
      this.announcer.failed(toApiProblem(error));
    }
  }

  protected nextScheme(): void {
    this.scheme.choose(this.scheme.next() ?? 'system');
  }
}
