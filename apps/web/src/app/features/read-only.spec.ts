import { MatButtonHarness } from '@angular/material/button/testing';
import type { Role } from '@voxreach/contracts';
import { aNumber, anAgent } from '../../testing/builders';
import { openPage } from '../../testing/open-page';
import { AgentListPage } from './agents/agent-list.page';
import { CredentialListPage } from './credentials/credential-list.page';
import { NumberDetailPage } from './phone-numbers/detail/number-detail.page';
import { NumberListPage } from './phone-numbers/list/number-list.page';
import { NumberListStore } from './phone-numbers/list/number-list.store';

const ROUTES = [
  {
    path: 'numbers',
    providers: [NumberListStore],
    children: [
      { path: '', component: NumberListPage },
      { path: ':id', component: NumberDetailPage },
    ],
  },
  { path: 'agents', component: AgentListPage },
  { path: 'credentials', component: CredentialListPage },
];

const frontDesk = anAgent({ name: 'Front desk' });
const number = aNumber({ name: 'Main line', agent: frontDesk, fallbackNumber: '+14155550199' });
const credential = {
  id: crypto.randomUUID(),
  provider: 'telnyx',
  name: 'Telnyx main',
  phoneNumberCount: 0,
  createdAt: number.createdAt,
  updatedAt: number.createdAt,
  attention: null,
};
const ANSWERS: Record<string, object> = {
  '/api/phone-numbers': { items: [number], nextCursor: null },
  [`/api/phone-numbers/${number.id}`]: number,
  '/api/agents': { items: [frontDesk], nextCursor: null },
  [`/api/agents/${frontDesk.id}`]: { ...frontDesk, firstMessage: 'Good day.', systemPrompt: 'Be brief.' },
  '/api/credentials': { items: [credential], nextCursor: null },
};

async function openAs(role: Role, url: string) {
  const page = await openPage(ROUTES, url, { role });
  const answer = async () => {
    await page.drawn();
    for (const request of page.server.match(() => true)) request.flush(ANSWERS[request.request.url] ?? {});
    await page.drawn();
  };
  await answer();
  const buttons = [...page.element.querySelectorAll('button, a[href="/numbers/add"], input, select')];
  const names = buttons.map((button) => button.getAttribute('aria-label') ?? button.textContent.trim());
  return { ...page, answer, names };
}

describe('A viewer', () => {
  it('reads the list of numbers without anything that changes one', async () => {
    const { element, names } = await openAs('viewer', '/numbers');

    expect(element.textContent).toContain('Main line');
    expect(element.textContent).toContain('Front desk');
    expect(names.filter((name) => /^(Add number|Rename|Remove|Agent for)/.test(name))).toEqual([]);
  });

  it('reads who answers a number as a sentence', async () => {
    const { element, names } = await openAs('viewer', `/numbers/${number.id}`);

    expect(element.textContent).toContain(
      'Front desk answers every call. Calls that the agent cannot take go',
    );
    expect(names.every((name) => name.startsWith('Copy'))).toBe(true);
  });

  it('reads what an agent says, and cannot change it', async () => {
    const { element, answer, loader } = await openAs('viewer', '/agents');
    expect(element.querySelectorAll('.actions button')).toHaveLength(0);
    element.querySelector<HTMLButtonElement>('td button')?.click();
    await answer();

    const dialog = document.querySelector('mat-dialog-container');
    expect(dialog?.textContent).toContain('Good day.');
    expect(dialog?.querySelectorAll('input, textarea')).toHaveLength(0);
    await (await loader.getHarness(MatButtonHarness.with({ text: 'Close' }))).click();
  });
});

describe('A member', () => {
  it('works with numbers', async () => {
    const { names } = await openAs('member', '/numbers');

    expect(names).toContain('Add number');
    expect(names).toContain('Rename Main line');
  });

  it('sees which credentials there are, and neither saves nor removes one', async () => {
    const { element, names } = await openAs('member', '/credentials');

    expect(element.textContent).toContain('Telnyx main');
    expect(names).toEqual([]);
  });
});
