import { MatButtonHarness } from '@angular/material/button/testing';
import { MatDialogHarness } from '@angular/material/dialog/testing';
import type { ApiKeyResponse, CreateApiKeyBody } from '@voxreach/contracts';
import { choose, fieldOf, press, typeInto } from '../../../testing/fields';
import { openPage } from '../../../testing/open-page';
import { ApiKeysPage } from './api-keys.page';

const ROUTES = [{ path: 'keys', component: ApiKeysPage }];
const URL = '/api/api-keys';
const KEY = 'vxr_do-not-keep';

const aKey = (given: Partial<ApiKeyResponse> = {}): ApiKeyResponse => ({
  id: crypto.randomUUID(),
  name: 'Nightly import',
  prefix: 'vxr_abc',
  scopes: ['numbers:read', 'numbers:write'],
  createdBy: 'Dana',
  createdAt: '2026-01-05T10:00:00.000Z',
  expiresAt: null,
  lastUsedAt: null,
  ...given,
});

async function open(...keys: ApiKeyResponse[]) {
  const page = await openPage(ROUTES, '/keys');
  await page.drawn();
  page.server.expectOne(URL).flush({ items: keys });
  await page.drawn();
  return page;
}

async function openDialog() {
  const page = await open();
  await (await page.loader.getHarness(MatButtonHarness.with({ text: 'Create API key' }))).click();
  const dialog = await page.loader.getHarness(MatDialogHarness);
  const create = async () => {
    await (await dialog.getHarness(MatButtonHarness.with({ text: 'Create API key' }))).click();
    await page.drawn();
  };
  const tick = (label: string) => {
    const found = [...document.querySelectorAll('label.checkbox')].find((each) =>
      each.textContent.includes(label),
    );
    found?.querySelector('input')?.click();
  };
  return { ...page, dialog, create, tick };
}

describe('The API keys', () => {
  it('say in words what they may do, whether they are used, and until when they work', async () => {
    const { element } = await open(
      aKey(),
      aKey({ name: 'Old', expiresAt: '2026-01-06T10:00:00.000Z', lastUsedAt: '2026-01-05T11:00:00.000Z' }),
    );

    const [, first, second] = [...element.querySelectorAll('tr')].map(({ textContent }) => textContent);
    expect(first).toContain('See phone numbers; Add, change and remove phone numbers');
    expect(first).toMatch(/Last used\s+Not yet/);
    expect(second).toContain('Expired');
  });

  it('are made with what is chosen, shown once, and forgotten', async () => {
    const { server, dialog, create, tick, drawn } = await openDialog();
    typeInto('Name', 'CI');
    tick('See phone numbers');
    tick('See agents');
    tick('See agents');
    choose(fieldOf('Valid for') as unknown as HTMLSelectElement, '30');
    await create();
    const made = server.expectOne({ method: 'POST', url: URL });
    const { expiresAt, ...body } = made.request.body as CreateApiKeyBody;
    expect(body).toEqual({ name: 'CI', scopes: ['numbers:read'] });
    const days = (Date.parse(expiresAt ?? '') - Date.now()) / 86_400_000;
    expect(Math.round(days)).toBe(30);
    made.flush({ ...aKey({ name: 'CI' }), key: KEY });
    await drawn();
    expect(await dialog.getText()).toContain(KEY);

    press('Done');
    await drawn();
    expect(document.body.innerHTML).not.toContain(KEY);
    server.expectOne({ method: 'GET', url: URL });
  });

  it('need a name and something they may do', async () => {
    const { server, dialog, create } = await openDialog();
    await create();

    server.expectNone({ method: 'POST', url: URL });
    expect(await dialog.getText()).toContain('Enter a name that says what the key is for.');
    expect(await dialog.getText()).toContain('Choose what the key may do.');
  });

  it('are revoked after a question', async () => {
    const key = aKey();
    const { element, server, loader, drawn } = await open(key);
    element.querySelector<HTMLButtonElement>('[aria-label="Revoke Nightly import"]')?.click();
    await drawn();
    const dialog = await loader.getHarness(MatDialogHarness);
    await (await dialog.getHarness(MatButtonHarness.with({ text: 'Revoke key' }))).click();

    server.expectOne({ method: 'DELETE', url: `${URL}/${key.id}` });
  });
});
