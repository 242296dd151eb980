import { Component } from '@angular/core';
import { anAgent } from '../../testing/builders';
import { openPage } from '../../testing/open-page';
import { keptResource } from './kept';
import { inject } from '@angular/core';
import { AgentsApi } from '../features/agents/agents.api';

const LIST = '/api/agents';

@Component({
  template: `
    <p>{{ reading.value()?.[0]?.name ?? 'nothing yet' }}</p>
    <button (click)="reading.reload()">Again</button>
  `,
})
class AgentPage {
  private readonly api = inject(AgentsApi);
  protected readonly reading = keptResource(LIST, () => this.api.listAll());
}

@Component({ template: 'elsewhere' })
class OtherPage {}

const ROUTES = [
  { path: 'agent', component: AgentPage },
  { path: 'other', component: OtherPage },
];

async function open() {
  const page = await openPage(ROUTES, '/agent');
  const shown = () => document.querySelector('p')?.textContent;
  const answer = async (name: string) => {
    page.server.expectOne(({ url }) => url === LIST).flush({ items: [anAgent({ name })], nextCursor: null });
    await page.drawn();
  };
  const goTo = async (url: string) => {
    await page.router.navigateByUrl(url);
    await page.drawn();
  };
  await page.drawn();
  return { ...page, shown, answer, goTo };
}

describe('What a page has read', () => {
  it('is there at once when somebody comes back, and as it is now when that has arrived', async () => {
    const { shown, answer, goTo } = await open();
    expect(shown()).toBe('nothing yet');
    await answer('Front desk');
    await goTo('/other');
    await goTo('/agent');
    expect(shown()).toBe('Front desk');

    await answer('Reception');
    expect(shown()).toBe('Reception');
  });

  it('is replaced by nothing older while it is read anew', async () => {
    const { shown, answer, drawn } = await open();
    await answer('Front desk');
    document.querySelector('button')?.click();
    await drawn();
    expect(shown()).toBe('Front desk');

    await answer('Reception');
    expect(shown()).toBe('Reception');
  });
});
