import { type APIRequestContext, expect } from '@playwright/test';
import { Api } from './api';
import { unique } from './unique';

export interface Account {
  organizationName: string;
  name: string;
  email: string;
  password: string;
  api: Api;
}

/** A new organisation with its owner. `request` is signed in from then on, and a browser context that shares its cookies. */
export async function register(
  request: APIRequestContext,
  organizationName = 'Acme',
  email = `${unique('ada')}@example.com`,
): Promise<Account> {
  const person = { organizationName, name: 'Ada Admin', email, password: unique('lilac teapot river') };
  const answer = await request.post('/api/auth/register', { data: person });
  expect(answer.status(), await answer.text()).toBe(201);
  const { accessToken } = (await answer.json()) as { accessToken: string };
  return { ...person, api: new Api(request, accessToken) };
}
