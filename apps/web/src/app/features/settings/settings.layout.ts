import {
  afterNextRender,
  Component,
  computed,
  DestroyRef,
  type ElementRef,
  inject,
  viewChild,
} from '@angular/core';
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
  private readonly nav = viewChild.required<ElementRef<HTMLElement>>('nav');
  private current: HTMLElement | null = null;
  protected readonly groups = computed(() =>
    GROUPS.map(({ title, sections }) => ({
      title,
      sections: sections.filter(({ permission }) => permission === undefined || this.access.may(permission)),
    })),
  );

  constructor() {
    const destroyed = inject(DestroyRef);
    afterNextRender(() => {
      const resized = new ResizeObserver(() => this.revealCurrent());
      resized.observe(this.nav().nativeElement);
      destroyed.onDestroy(() => resized.disconnect());
    });
  }

  protected reveal(link: HTMLElement, isCurrent: boolean): void {
    if (!isCurrent) return;
    this.current = link;
    this.revealCurrent();
  }

  /** On a narrow page the sections scroll sideways: the current one must not stay hidden. Only they move, not the page. */
  private revealCurrent(): void {
    if (this.current === null) return;
    const nav = this.nav().nativeElement;
    const { offsetLeft, offsetWidth } = this.current;
    nav.scrollLeft = offsetLeft - (nav.clientWidth - offsetWidth) / 2;
  }
}
