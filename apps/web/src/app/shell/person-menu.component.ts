import { Component, inject, signal } from '@angular/core';
import { MatMenuModule } from '@angular/material/menu';
import { RouterLink } from '@angular/router';
import { toApiProblem } from '../core/api-problem';
import { TranslatePipe } from '../core/i18n/translate.pipes';
import { Session } from '../core/session/session';
import { Announcer } from '../shared/ui/announcer';
import { IconComponent } from '../shared/ui/icon.component';

/** Who is signed in, with the way to what is theirs and out. */
@Component({
  selector: 'app-person-menu',
  imports: [IconComponent, MatMenuModule, RouterLink, TranslatePipe],
  template: `
    <button class="person" type="button" [disabled]="isLeaving()" [matMenuTriggerFor]="menu">
      <app-icon name="person" />
      <span class="words">
        <span class="visually-hidden">{{ 'Your account:' | t }}</span>
        <span class="name" dir="auto">{{ isLeaving() ? ('Signing out…' | t) : user()?.name }}</span>
        <span class="email" dir="ltr" [title]="user()?.email">{{ user()?.email }}</span>
      </span>
    </button>
    <mat-menu #menu="matMenu" [aria-label]="'Your account' | t">
      <a mat-menu-item routerLink="/settings/profile">{{ 'Profile' | t }}</a>
      <a mat-menu-item routerLink="/settings/appearance">{{ 'Appearance' | t }}</a>
      <button mat-menu-item (click)="signOut()">{{ 'Sign out' | t }}</button>
    </mat-menu>
  `,
  styleUrl: './person-menu.component.scss',
})
export class PersonMenuComponent {
  private readonly session = inject(Session);
  private readonly announcer = inject(Announcer);
  protected readonly user = this.session.user;
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
}
