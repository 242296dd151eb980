import { ComponentHarness, type TestElement } from '@angular/cdk/testing';

/** One field as a person meets it: by its label, with what stands under it. */
export class ProviderFieldHarness extends ComponentHarness {
  static hostSelector = 'app-provider-field';

  private readonly input = this.locatorFor('input, select');
  private readonly reveal = this.locatorForOptional('.reveal');
  private readonly textOf = async (selector: string): Promise<string> =>
    (await (await this.locatorForOptional(selector)())?.text()) ?? '';

  label = (): Promise<string> => this.textOf('label');
  help = (): Promise<string> => this.textOf('.field-help:not(.heading *)');
  error = (): Promise<string> => this.textOf('.field-error');
  notice = (): Promise<string> => this.textOf('.remark');

  async type(text: string): Promise<void> {
    const input = await this.input();
    await input.clear();
    if (text !== '') await input.sendKeys(text);
  }

  async choose(option: string): Promise<void> {
    const select = await this.input();
    const options = await this.locatorForAll('option')();
    const words = await Promise.all(options.map((one) => one.text()));
    await select.selectOptions(words.indexOf(option));
  }

  async toggle(): Promise<void> {
    await (await this.input()).click();
  }

  async isOn(): Promise<boolean> {
    return (await this.input()).getProperty<boolean>('checked');
  }

  async leave(): Promise<void> {
    await (await this.input()).blur();
  }

  async attribute(name: string): Promise<string | null> {
    return (await this.input()).getAttribute(name);
  }

  async value(): Promise<string> {
    return (await this.input()).getProperty<string>('value');
  }

  async revealButton(): Promise<TestElement | null> {
    return this.reveal();
  }
}
