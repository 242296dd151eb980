import { test as base } from '@playwright/test';
import { type Account, register } from './account';
import { AddNumberPage } from './add-number.page';
import { NumberListPage } from './number-list.page';
import { type Phone, Phones } from './phones';
import { unique } from './unique';
import { Watch } from './watch';

interface Fixtures {
  /** Looks at everything the browser does; runs in every test. */
  watch: Watch;
  /** A text that counts as a secret: the test fails where it is left behind. */
  secret: (name: string) => string;
  /** A new organisation, signed in in this browser. */
  account: Account;
  phone: () => Phone;
  foreignPhone: () => Phone;
  addNumber: AddNumberPage;
  numberList: NumberListPage;
}

export const test = base.extend<Fixtures, { phones: Phones }>({
  phones: [async ({}, use, { workerIndex }) => use(new Phones(workerIndex)), { scope: 'worker' }],
  watch: [
    async ({ context, baseURL }, use) => {
      const watch = new Watch(context, baseURL ?? '');
      await watch.start();
      await use(watch);
      await watch.verify();
    },
    { auto: true },
  ],
  secret: async ({ watch }, use) => {
    await use((name) => {
      const secret = unique(name);
      watch.keepSecret(secret);
      return secret;
    });
  },
  account: async ({ context, watch }, use) => {
    const account = await register(context.request);
    watch.keepSecret(account.password);
    await use(account);
  },
  phone: async ({ phones }, use) => use(() => phones.next()),
  foreignPhone: async ({ phones }, use) => use(() => phones.foreign()),
  addNumber: async ({ page }, use) => use(new AddNumberPage(page)),
  numberList: async ({ page }, use) => use(new NumberListPage(page)),
});

export { expect } from '@playwright/test';
