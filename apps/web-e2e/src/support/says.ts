import { expect, type Page } from '@playwright/test';

/** What the edge of the page tells after something was done. */
export const says = (page: Page, message: string | RegExp): Promise<void> =>
  expect(page.locator('mat-snack-bar-container').filter({ hasText: message })).toBeVisible();
