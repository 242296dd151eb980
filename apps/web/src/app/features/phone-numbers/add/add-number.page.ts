import { afterNextRender, Component, effect, ElementRef, inject, Injector } from '@angular/core';
import { RouterLink } from '@angular/router';
import { Arrival } from '../../../core/arrival';
import { TranslatePipe } from '../../../core/i18n/translate.pipes';
import { focusFirstInvalid } from '../../../shared/forms/focus-first-invalid';
import { IconComponent } from '../../../shared/ui/icon.component';
import { injectDialog } from '../../../shared/ui/inject-dialog';
import { NotLoadedComponent } from '../../../shared/ui/not-loaded.component';
import { AddNumberStore } from './add-number.store';
import { AgentChoices } from './agent-choices';
import { AssignAgentStep } from './assign-agent.step';
import { ChooseProviderStep } from './choose-provider.step';
import { FailureNoticeComponent } from './failure-notice.component';
import { HelpPanelComponent } from './help-panel.component';
import { ImportResultComponent } from './import-result.component';
import { NumberDetailsStep } from './number-details.step';
import { SavedCredentials } from './saved-credentials';
import { StepListComponent } from './step-list.component';

/** "Add phone number": provider, credentials and number, agent. Nothing is created before the last click. */
@Component({
  selector: 'app-add-number',
  imports: [
    AssignAgentStep,
    ChooseProviderStep,
    FailureNoticeComponent,
    HelpPanelComponent,
    IconComponent,
    ImportResultComponent,
    NotLoadedComponent,
    NumberDetailsStep,
    RouterLink,
    StepListComponent,
    TranslatePipe,
  ],
  providers: [AddNumberStore, AgentChoices, SavedCredentials],
  host: { class: 'page', '(window:beforeunload)': 'warnBeforeUnload($event)' },
  templateUrl: './add-number.page.html',
  styleUrl: './add-number.page.scss',
})
export class AddNumberPage {
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  private readonly injector = inject(Injector);
  private readonly savedCredentials = inject(SavedCredentials);
  private readonly leaving = injectDialog(async () => (await import('./leave-question')).LeaveQuestion);
  protected readonly arrival = inject(Arrival);
  protected readonly store = inject(AddNumberStore);

  constructor() {
    // From here on they are read, so that the last step does not have to wait for them.
    inject(AgentChoices);
    let isFirst = true;
    effect(() => {
      this.store.step();
      this.store.added();
      if (!isFirst) this.focusHeading();
      isFirst = false;
    });
    effect(() => {
      if (this.store.refusals() === 0) return;
      this.afterRender(() => focusFirstInvalid(this.host) || this.focus('[role=alert][tabindex]'));
    });
  }

  /** The credential of the number before may serve the next one too. */
  protected addAnother(): void {
    this.store.startOver();
    this.savedCredentials.readAgain();
  }

  /** Asks when something was entered that would be lost; stays where that cannot be asked. */
  async mayLeave(): Promise<boolean> {
    return !this.hasInput() || ((await (await this.leaving())?.ask()) ?? false);
  }

  protected warnBeforeUnload(event: BeforeUnloadEvent): void {
    if (this.hasInput()) event.preventDefault();
  }

  /** A step that comes for the first time is drawn a moment later. */
  private focusHeading(): void {
    this.afterRender(() => this.focus(':is(h1, h2)[tabindex]') || this.focusHeading());
  }

  private afterRender(run: () => void): void {
    afterNextRender(run, { injector: this.injector });
  }

  private focus(selector: string): boolean {
    const element = this.host.querySelector<HTMLElement>(selector);
    element?.focus();
    return element !== null;
  }

  private hasInput(): boolean {
    return this.store.draft()?.form.dirty === true && this.store.added() === null;
  }
}
