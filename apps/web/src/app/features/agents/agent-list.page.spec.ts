import { MatButtonHarness } from '@angular/material/button/testing';
import { MatDialogHarness } from '@angular/material/dialog/testing';
import { MatSnackBarHarness } from '@angular/material/snack-bar/testing';
import { anAgent, aProblem } from '../../../testing/builders';
import { openPage } from '../../../testing/open-page';
import { AgentListPage } from './agent-list.page';

const ROUTES = [{ path: 'agents', component: AgentListPage }];
const LIST = '/api/agents';

async function openList(...agents: ReturnType<typeof anAgent>[]) {
  const page = await openPage(ROUTES, '/agents');
  page.server.expectOne(({ url }) => url === LIST).flush({ items: agents, nextCursor: null });
  await page.drawn();
  return page;
}

const fieldOf = (label: string): HTMLInputElement => {
  const found = [...document.querySelectorAll('label')].find(({ textContent }) =>
    textContent.trim().startsWith(label),
  );
  return document.getElementById(found?.htmlFor ?? '') as HTMLInputElement;
};

const type = (label: string, value: string) => {
  fieldOf(label).value = value;
  fieldOf(label).dispatchEvent(new Event('input'));
};

describe('The list of agents', () => {
  it('leads from an agent to the numbers it answers', async () => {
    const agent = anAgent({ name: 'Sales', phoneNumberCount: 3 });
    const { element } = await openList(agent);

    const link = [...element.querySelectorAll('a')].find(({ textContent }) =>
      textContent.includes('3 numbers'),
    );
    expect(link?.getAttribute('href')).toBe(`/numbers?agentId=${agent.id}`);
  });

  it('creates an agent, leaving out what was left empty', async () => {
    const { loader, server } = await openList();
    const [create] = await loader.getAllHarnesses(MatButtonHarness.with({ text: 'Create agent' }));
    await create?.click();
    type('Name', 'Front desk');
    const dialog = await loader.getHarness(MatDialogHarness);
    await (await dialog.getHarness(MatButtonHarness.with({ text: 'Create agent' }))).click();

    expect(server.expectOne({ method: 'POST', url: LIST }).request.body).toEqual({ name: 'Front desk' });
  });

  it('reads what an agent says before it is edited, and can clear it', async () => {
    const agent = anAgent({ name: 'Front desk' });
    const { loader, server, drawn } = await openList(agent);
    document.querySelector<HTMLButtonElement>('td button')?.click();
    await drawn();
    server
      .expectOne(`${LIST}/${agent.id}`)
      .flush({ ...agent, firstMessage: 'Good day.', systemPrompt: 'Be brief.' });
    await drawn();
    expect(fieldOf('First message').value).toBe('Good day.');

    type('First message', '');
    const dialog = await loader.getHarness(MatDialogHarness);
    await (await dialog.getHarness(MatButtonHarness.with({ text: 'Save agent' }))).click();
    expect(server.expectOne({ method: 'PATCH', url: `${LIST}/${agent.id}` }).request.body).toEqual({
      name: 'Front desk',
      firstMessage: '',
      systemPrompt: 'Be brief.',
    });
  });

  it('names the numbers that keep an agent from being removed, as links', async () => {
    const agent = anAgent({ name: 'Front desk' });
    const { loader, server, drawn } = await openList(agent);
    document.querySelector<HTMLButtonElement>('[aria-label="Remove agent Front desk"]')?.click();
    const dialog = await loader.getHarness(MatDialogHarness);
    await (await dialog.getHarness(MatButtonHarness.with({ text: 'Remove agent' }))).click();
    const usedBy = [{ id: 'n1', name: 'Main line' }];
    const { body, options } = aProblem(409, 'CONFLICT', 'This agent answers a number.', { usedBy });
    server.expectOne(`${LIST}/${agent.id}`).flush(body, options);
    await drawn();

    expect(await dialog.getText()).toContain('These phone numbers still use it.');
    const link = document.querySelector('mat-dialog-container a');
    expect([link?.textContent, link?.getAttribute('href')]).toEqual(['Main line', '/numbers/n1']);
    const buttons = await dialog.getAllHarnesses(MatButtonHarness);
    expect(await Promise.all(buttons.map((button) => button.getText()))).toEqual(['Close']);
    expect(document.activeElement?.textContent).toContain('Close');
  });
});

describe('An agent that needs attention', () => {
  const attention = 'Removing this agent has failed so far. Try again.';
  const unsettled = anAgent({ name: 'Old one', attention });

  async function openUnsettled() {
    const page = await openList(unsettled, anAgent({ name: 'Good one' }));
    const press = async (text: string) =>
      (await page.loader.getHarness(MatButtonHarness.with({ text }))).click();
    const retry = async () => {
      await press('Try again');
      return page.server.expectOne({ method: 'POST', url: `${LIST}/${unsettled.id}/retry` });
    };
    const listArrives = async (...items: ReturnType<typeof anAgent>[]) => {
      page.server.expectOne(({ url }) => url === LIST).flush({ items, nextCursor: null });
      await page.drawn();
    };
    const message = async () => (await page.loader.getHarness(MatSnackBarHarness)).getMessage();
    return { ...page, press, retry, listArrives, message };
  }

  it('says what happened, with the two ways out and no other', async () => {
    const { element } = await openUnsettled();

    const notices = element.querySelectorAll('app-attention-notice');
    expect(notices).toHaveLength(1);
    expect(notices[0]?.textContent).toContain('Old one needs you');
    expect(notices[0]?.textContent).toContain(attention);
    const buttons = [...(notices[0]?.querySelectorAll('button') ?? [])];
    expect(buttons.map(({ textContent }) => textContent.trim())).toEqual(['Try again', 'Remove agent']);
    const others = [
      ...element.querySelectorAll<HTMLElement>('tbody [aria-label^=Remove], tbody [aria-label^=Edit]'),
    ];
    expect(others.filter(({ ariaLabel }) => ariaLabel?.includes('Old one'))).toEqual([]);
  });

  it('is as any other once it is settled', async () => {
    const { element, retry, drawn, listArrives, message } = await openUnsettled();
    (await retry()).flush({ ...unsettled, attention: null });
    await drawn();
    await listArrives({ ...unsettled, attention: null });

    expect(element.querySelector('app-attention-notice')).toBeNull();
    expect(await message()).toBe('Old one is settled.');
    expect(document.activeElement).toBe(element.querySelector('h1'));
  });

  it('leaves the list when settling it was its end', async () => {
    const { element, retry, drawn, listArrives, message } = await openUnsettled();
    (await retry()).flush(null, { status: 204, statusText: 'No Content' });
    await drawn();
    await listArrives();

    expect(element.textContent).not.toContain('Old one');
    expect(await message()).toContain('Old one was cleaned up');
  });

  it('stays and says what to do when it cannot be settled now', async () => {
    const { element, retry, drawn } = await openUnsettled();
    const { body, options } = aProblem(503, 'UPSTREAM_UNAVAILABLE', 'The voice platform cannot be reached.');
    (await retry()).flush(body, options);
    await drawn();

    const alert = element.querySelector('app-attention-notice [role=alert]');
    expect(alert?.textContent).toContain('The voice platform cannot be reached.');
    expect(alert?.textContent).toContain('keeps trying by itself');
  });

  it('is shown as it is now when it was settled in the meantime', async () => {
    const { element, retry, drawn, listArrives } = await openUnsettled();
    const { body, options } = aProblem(409, 'CONFLICT', 'This agent needs no attention.');
    (await retry()).flush(body, options);
    await drawn();
    await listArrives({ ...unsettled, attention: null });

    expect(element.querySelector('app-attention-notice')).toBeNull();
    expect(element.textContent).toContain('Old one');
  });

  it('is removed as any other', async () => {
    const { loader, press, server, drawn, listArrives, message } = await openUnsettled();
    await press('Remove agent');
    const dialog = await loader.getHarness(MatDialogHarness);
    await (await dialog.getHarness(MatButtonHarness.with({ text: 'Remove agent' }))).click();
    const url = `${LIST}/${unsettled.id}`;
    server.expectOne({ method: 'DELETE', url }).flush(null, { status: 204, statusText: 'No Content' });
    await drawn();
    await listArrives();

    expect(await message()).toBe('Old one is removed.');
  });
});
