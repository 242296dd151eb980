import { MatButtonHarness } from '@angular/material/button/testing';
import { MatDialogHarness } from '@angular/material/dialog/testing';
import { anAgent, aProblem } from '../../../testing/builders';
import { openPage } from '../../../testing/open-page';
import { AgentListPage } from './agent-list.page';

const ROUTES = [{ path: 'agents', component: AgentListPage }];
const LIST = '/api/agents';

async function open(...agents: ReturnType<typeof anAgent>[]) {
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
    const { element } = await open(agent);

    const link = [...element.querySelectorAll('a')].find(({ textContent }) =>
      textContent.includes('3 numbers'),
    );
    expect(link?.getAttribute('href')).toBe(`/numbers?agentId=${agent.id}`);
  });

  it('creates an agent, leaving out what was left empty', async () => {
    const { loader, server } = await open();
    const [create] = await loader.getAllHarnesses(MatButtonHarness.with({ text: 'Create agent' }));
    await create?.click();
    type('Name', 'Front desk');
    const dialog = await loader.getHarness(MatDialogHarness);
    await (await dialog.getHarness(MatButtonHarness.with({ text: 'Create agent' }))).click();

    expect(server.expectOne({ method: 'POST', url: LIST }).request.body).toEqual({ name: 'Front desk' });
  });

  it('reads what an agent says before it is edited, and can clear it', async () => {
    const agent = anAgent({ name: 'Front desk' });
    const { loader, server, drawn } = await open(agent);
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
    const { loader, server, drawn } = await open(agent);
    document.querySelector<HTMLButtonElement>('[aria-label="Remove agent Front desk"]')?.click();
    const dialog = await loader.getHarness(MatDialogHarness);
    await (await dialog.getHarness(MatButtonHarness.with({ text: 'Remove agent' }))).click();
    const usedBy = [{ id: 'n1', name: 'Main line' }];
    const { body, options } = aProblem(409, 'CONFLICT', 'This agent answers a number.', { usedBy });
    server.expectOne(`${LIST}/${agent.id}`).flush(body, options);
    await drawn();

    expect(await dialog.getText()).toContain('This agent answers a number.');
    const link = document.querySelector('mat-dialog-container a');
    expect([link?.textContent, link?.getAttribute('href')]).toEqual(['Main line', '/numbers/n1']);
  });
});
