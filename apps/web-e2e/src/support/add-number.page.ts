import { expect, type Locator, type Page } from '@playwright/test';

/** The cards by the sentence on them. */
const CARDS = {
  Twilio: 'Import a number from your Twilio account',
  Vonage: 'Import a number from your Vonage account',
  Telnyx: 'Import a number from your Telnyx account',
  'BYO SIP Trunk': 'Bring your own SIP trunk number',
  Vapi: 'Get a free test number (US only)',
};

export type ProviderName = keyof typeof CARDS;

/** "Add phone number", as a person goes through it. */
export class AddNumberPage {
  readonly error: Locator;

  constructor(private readonly page: Page) {
    this.error = page.getByRole('alert');
  }

  async open(): Promise<void> {
    await this.page.goto('/numbers/add');
    await this.isAtStep('Choose provider');
  }

  card(provider: ProviderName): Locator {
    return this.page
      .getByRole('radio', { name: provider })
      .and(this.page.getByRole('radio', { name: CARDS[provider] }));
  }

  async choose(provider: ProviderName): Promise<void> {
    await this.card(provider).check();
    await this.continue();
    await this.isAtStep(provider === 'Vapi' ? 'Number' : 'Credentials and number');
  }

  async chooseSaved(name: string): Promise<void> {
    await this.page.getByRole('radio', { name: `Use ${name}` }).check();
    await this.continue();
    await this.isAtStep('Credentials and number');
  }

  /** By its label, letter for letter. */
  field(label: string): Locator {
    return this.page.getByLabel(label, { exact: true });
  }

  async fill(values: Record<string, string>): Promise<void> {
    for (const [label, value] of Object.entries(values)) await this.field(label).fill(value);
  }

  /** One of several gateways. */
  gateway(number: number): Locator {
    return this.page.getByRole('group', { name: `Gateway ${number}`, exact: true });
  }

  continue(): Promise<void> {
    return this.page.getByRole('button', { name: 'Continue' }).click();
  }

  async continueToAgent(): Promise<void> {
    await this.continue();
    await this.isAtStep('Assign to agent');
  }

  async assign(agent: string): Promise<void> {
    await this.page.getByRole('radio', { name: agent }).check();
  }

  submit(): Promise<void> {
    return this.page.getByRole('button', { name: 'Add number' }).click();
  }

  async isAtStep(title: string): Promise<void> {
    await expect(this.page.getByRole('heading', { level: 2, name: title, exact: true })).toBeVisible();
  }

  async isAdded(title: string): Promise<void> {
    await expect(this.page.getByRole('heading', { name: `${title} was added` })).toBeVisible();
  }

  async goToNumbers(): Promise<void> {
    await this.page.getByRole('link', { name: 'Go to phone numbers' }).click();
    await expect(this.page).toHaveURL(/\/numbers$/);
  }

  /** The error stands under its field, which is marked, described by it, and has the focus. */
  async isRefusedAt(label: string, message: string | RegExp): Promise<void> {
    const field = this.field(label);
    await expect(field).toHaveAttribute('aria-invalid', 'true');
    await expect(field).toHaveAccessibleDescription(message);
    await expect(field).toBeFocused();
  }
}
