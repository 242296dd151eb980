import { type Browser, expect, type Page } from '@playwright/test';
import type { Account } from './account';
import type { Role } from './api';
import { unique } from './unique';

export interface Colleague {
  name: string;
  email: string;
  password: string;
  page: Page;
}

/** Somebody who has been invited into the account's organisation and has accepted, in a browser of their own. */
export async function addColleague(
  browser: Browser,
  { api }: Account,
  role: Role,
  name = 'Cleo Colleague',
): Promise<Colleague> {
  const person = { name, email: `${unique('cleo')}@example.com`, password: unique('lilac teapot river') };
  const link = await api.invite(person.email, role);
  const context = await browser.newContext();
  const [, token] = link.split('#');
  const data = { token, name, password: person.password };
  const answer = await context.request.post('/api/auth/invitations/accept', { data });
  expect(answer.status(), await answer.text()).toBe(200);
  return { ...person, page: await context.newPage() };
}
