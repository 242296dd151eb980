import type { Page } from '@playwright/test';
import type { Account } from './account';
import type { Phone } from './phones';

/** What a scene may use. Secrets that it types are made up and go nowhere. */
export interface Stage {
  page: Page;
  account: Account;
  phone: () => Phone;
}

/** A page or a state of one, as a person can see it. */
export interface Scene {
  name: string;
  show: (stage: Stage) => Promise<void>;
}
