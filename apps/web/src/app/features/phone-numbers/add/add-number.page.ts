import { afterNextRender, Component, effect, ElementRef, inject, Injector } from '@angular/core';
import { MatDialog } from '@angular/material/dialog';
import { RouterLink } from '@angular/router';
import { map, type Observable, of } from 'rxjs';
import { TranslatePipe } from '../../../core/i18n/translate.pipes';
import { focusFirstInvalid } from '../../../shared/forms/focus-first-invalid';
import { IconComponent } from '../../../shared/ui/icon.component';
import { AddNumberStore } from './add-number.store';
import { AgentChoices } from './agent-choices';
import { AssignAgentStep } from './assign-agent.step';
import { ChooseProviderStep } from './choose-provider.step';
import { FailureNoticeComponent } from './failure-notice.component';
import { HelpPanelComponent } from './help-panel.component';
import { ImportResultComponent } from './import-result.component';
import { LeaveDialogComponent } from './leave-dialog.component';
import { NumberDetailsStep } from './number-details.step';
import { SavedCredentials } from './saved-credentials';
import { StepListComponent } from './step-list.component';

/** "Add Phone Number": provider, credentials and number, agent. Nothing is created before the last click. */
@Component({
  selector: 'app-add-number',
  imports: [
    AssignAgentStep,
    ChooseProviderStep,
    FailureNoticeComponent,
    HelpPanelComponent,
    IconComponent,
    ImportResultComponent,
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
  private readonly dialog = inject(MatDialog);
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  private readonly injector = inject(Injector);
  private readonly savedCredentials = inject(SavedCredentials);
  protected readonly store = inject(AddNumberStore);

  constructor() {
    // From here on they are read, so that the last step does not have to wait for them.
    inject(AgentChoices);
    let isFirst = true;
    effect(() => {
      this.store.step();
      this.store.added();
      if (!isFirst) this.afterRender(() => this.focus('h2[tabindex]'));
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

  /** Asks when something was entered that would be lost. */
  mayLeave(): Observable<boolean> {
    if (!this.hasInput()) return of(true);
    return this.dialog
      .open<LeaveDialogComponent, never, boolean>(LeaveDialogComponent)
      .afterClosed()
      .pipe(map((leave) => leave === true));
  }

  protected warnBeforeUnload(event: BeforeUnloadEvent): void {
    if (this.hasInput()) event.preventDefault();
  }

  private afterRender(run: () => void): void {
    afterNextRender(run, { injector: this.injector });
  }

  private focus(selector: string): void {
    this.host.querySelector<HTMLElement>(selector)?.focus();
  }

  private hasInput(): boolean {
    return this.store.draft()?.form.dirty === true && this.store.added() === null;
  }
}
