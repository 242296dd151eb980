import { Component, computed, inject } from '@angular/core';
import { RouterLink, RouterLinkActive, RouterOutlet } from '@angular/router';
import type { Permission } from '@voxreach/contracts';
import type { Sentence } from '../../core/i18n/sentences';
import { TranslatePipe } from '../../core/i18n/translate.pipes';
import { Access } from '../../core/session/access';

interface Section {
  path: string;
  label: Sentence;
  permission?: Permission;
}

const GROUPS: readonly { title: Sentence; sections: readonly Section[] }[] = [
  {
    title: 'You',
    sections: [
      { path: 'profile', label: 'Profile' },
      { path: 'security', label: 'Sign-in security' },
      { path: 'sessions', label: 'Sessions' },
      { path: 'appearance', label: 'Appearance' },
    ],
  },
  {
    title: 'Organisation',
    sections: [
      { path: 'organization', label: 'Organisation' },
      { path: 'members', label: 'Members' },
      { path: 'api-keys', label: 'API keys', permission: 'api-keys:read' },
    ],
  },
];

@Component({
  selector: 'app-settings',
  imports: [RouterLink, RouterLinkActive, RouterOutlet, TranslatePipe],
  host: { class: 'page' },
  templateUrl: './settings.layout.html',
  styleUrl: './settings.layout.scss',
})
export class SettingsLayout {
  private readonly access = inject(Access);
  protected readonly groups = computed(() =>
    GROUPS.map(({ title, sections }) => ({
      title,
      sections: sections.filter(({ permission }) => permission === undefined || this.access.may(permission)),
    })),
  );

  /** On a phone the sections scroll sideways: the current one must not stay hidden. */
  protected reveal(link: HTMLElement, isCurrent: boolean): void {
    if (isCurrent) link.scrollIntoView({ block: 'nearest', inline: 'center' });
  }
}
