import { expect, type Locator, type Page } from '@playwright/test';

/** The list of the organisation's numbers. */
export class NumberListPage {
  readonly rows: Locator;
  readonly search: Locator;

  constructor(private readonly page: Page) {
    this.rows = page
      .getByRole('table', { name: 'Phone numbers' })
      .getByRole('row')
      .filter({ has: page.getByRole('cell') });
    this.search = page.getByRole('searchbox', { name: 'Search numbers' });
  }

  async open(query = ''): Promise<void> {
    await this.page.goto(`/numbers${query}`);
    await expect(this.page.getByRole('heading', { level: 1, name: 'Phone numbers' })).toBeVisible();
  }

  row(title: string): Locator {
    return this.rows.filter({ has: this.page.getByRole('link', { name: title, exact: true }) });
  }

  /** What stands in the list, in its order. */
  async shows(...titles: string[]): Promise<void> {
    await expect(this.rows.getByRole('link')).toHaveText(titles);
  }

  async filter(name: 'Provider' | 'Status' | 'Agent' | 'Sort', option: string): Promise<void> {
    await this.page.getByRole('combobox', { name, exact: true }).selectOption(option);
  }

  agentOf(title: string): Locator {
    return this.page.getByRole('button', { name: `Agent for ${title}` });
  }

  async assign(title: string, agent: string): Promise<void> {
    await this.agentOf(title).click();
    await this.page.getByRole('menuitemradio', { name: agent, exact: true }).click();
  }

  async remove(title: string): Promise<void> {
    await this.page.getByRole('button', { name: `Remove number ${title}` }).click();
    await expect(this.page.getByRole('dialog', { name: `Remove ${title}?` })).toBeVisible();
  }
}
