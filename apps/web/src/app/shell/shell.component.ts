import { Component, computed, inject } from '@angular/core';
import { RouterLink, RouterLinkActive, RouterOutlet } from '@angular/router';
import type { Permission } from '@voxreach/contracts';
import { Arrival } from '../core/arrival';
import type { Sentence } from '../core/i18n/sentences';
import { TranslatePipe } from '../core/i18n/translate.pipes';
import { Access } from '../core/session/access';
import { Session } from '../core/session/session';
import { Announcer } from '../shared/ui/announcer';
import type { IconName } from '../shared/ui/icon-paths';
import { IconComponent } from '../shared/ui/icon.component';
import { OrganizationSwitcherComponent } from './organization-switcher.component';
import { PersonMenuComponent } from './person-menu.component';

interface Destination {
  path: string;
  label: Sentence;
  icon: IconName;
  permission?: Permission;
}

const DESTINATIONS: readonly Destination[] = [
  { path: '/numbers', label: 'Numbers', icon: 'phone' },
  { path: '/agents', label: 'Agents', icon: 'agent' },
  { path: '/credentials', label: 'Credentials', icon: 'key' },
  { path: '/activity', label: 'Activity', icon: 'activity', permission: 'audit:read' },
  { path: '/settings', label: 'Settings', icon: 'settings' },
];

@Component({
  selector: 'app-shell',
  imports: [
    IconComponent,
    OrganizationSwitcherComponent,
    PersonMenuComponent,
    RouterLink,
    RouterLinkActive,
    RouterOutlet,
    TranslatePipe,
  ],
  templateUrl: './shell.component.html',
  styleUrl: './shell.component.scss',
})
export class ShellComponent {
  private readonly access = inject(Access);
  protected readonly announcer = inject(Announcer);
  protected readonly arrival = inject(Arrival);
  protected readonly session = inject(Session);
  protected readonly destinations = computed(() =>
    DESTINATIONS.filter(({ permission }) => permission === undefined || this.access.may(permission)),
  );

  constructor() {
    this.arrival.begin();
  }
}
