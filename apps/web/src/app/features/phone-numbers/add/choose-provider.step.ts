import { Component, computed, ElementRef, inject, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import type { ProviderId } from '@voxreach/contracts/vocabulary';
import { CountedPipe, SaidPipe, TranslatePipe } from '../../../core/i18n/translate.pipes';
import { Session } from '../../../core/session/session';
import { FiguresComponent } from '../../../shared/ui/figures.component';
import { AddNumberStore } from './add-number.store';
import { providerGroups } from './provider-groups';
import { type SavedCredential, SavedCredentials } from './saved-credentials';

const SHOWN_AT_FIRST = 4;

@Component({
  selector: 'app-choose-provider-step',
  imports: [CountedPipe, FiguresComponent, MatButton, SaidPipe, TranslatePipe],
  templateUrl: './choose-provider.step.html',
  styleUrls: ['./step.scss', '../../../shared/forms/choices.scss', './choose-provider.step.scss'],
})
export class ChooseProviderStep {
  private readonly session = inject(Session);
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  private readonly savedCredentials = inject(SavedCredentials);
  protected readonly store = inject(AddNumberStore);
  protected readonly groups = computed(() => providerGroups(this.session.features()));
  protected readonly showsAll = signal(false);
  protected readonly saved = computed(() =>
    this.savedCredentials.reusable().slice(0, this.showsAll() ? undefined : SHOWN_AT_FIRST),
  );
  protected readonly hidden = computed(() => this.savedCredentials.reusable().length - this.saved().length);
  protected readonly isMissing = signal(false);

  protected isChosen(provider: ProviderId): boolean {
    return this.store.choice()?.provider === provider && this.store.credentialId() === '';
  }

  protected choose(provider: ProviderId): void {
    this.isMissing.set(false);
    void this.store.choose(provider);
  }

  protected use({ id, usedBy }: SavedCredential): void {
    this.isMissing.set(false);
    void this.store.choose(usedBy, id);
  }

  protected proceed(event: Event): void {
    event.preventDefault();
    this.isMissing.set(this.store.choice() === null);
    if (this.isMissing()) this.host.querySelector('input')?.focus();
    else this.store.step.set('details');
  }
}
