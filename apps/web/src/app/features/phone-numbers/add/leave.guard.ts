import type { CanDeactivateFn } from '@angular/router';
import type { AddNumberPage } from './add-number.page';

/** Asks before what was entered is lost. */
export const askBeforeLeaving: CanDeactivateFn<AddNumberPage> = (page) => page.mayLeave();
