import { Component, computed, inject, signal } from '@angular/core';
import { MatMenuModule } from '@angular/material/menu';
import type { SessionOrganization } from '@voxreach/contracts';
import { toApiProblem } from '../core/api-problem';
import { TranslatePipe } from '../core/i18n/translate.pipes';
import { Session } from '../core/session/session';
import { Announcer } from '../shared/ui/announcer';
import { IconComponent } from '../shared/ui/icon.component';
import { MenuChoiceComponent } from '../shared/ui/menu-choice.component';
import { roleWord } from '../shared/ui/role-words';

/** Whose numbers these are. Who belongs to several organisations goes over to another one here. */
@Component({
  selector: 'app-organization-switcher',
  imports: [IconComponent, MatMenuModule, MenuChoiceComponent, TranslatePipe],
  templateUrl: './organization-switcher.component.html',
  styleUrl: './organization-switcher.component.scss',
})
export class OrganizationSwitcherComponent {
  private readonly announcer = inject(Announcer);
  protected readonly session = inject(Session);
  protected readonly organization = this.session.organization;
  protected readonly others = computed(() =>
    this.session.organizations().filter(({ id }) => id !== this.organization()?.id),
  );
  protected readonly initial = computed(() => this.organization()?.name.trim().charAt(0).toUpperCase() ?? '');
  protected readonly isSwitching = signal(false);
  protected readonly roleWord = roleWord;

  protected async switchTo({ id }: SessionOrganization): Promise<void> {
    if (id === this.organization()?.id) return;
    this.isSwitching.set(true);
    try {
      await this.session.switchTo(id);
    } catch (error) {
      this.isSwitching.set(false);
      this.announcer.failed(toApiProblem(error));
    }
  }
}
