import { TestbedHarnessEnvironment } from '@angular/cdk/testing/testbed';
import { Component } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { MatSnackBarHarness } from '@angular/material/snack-bar/testing';
import { PROVIDERS } from '@voxreach/contracts';
import { LanguageChoice } from '../../../core/i18n/language-choice';
import { provideTranslations } from '../../../core/i18n/provide-translations';
import { applyProblem } from '../apply-problem';
import { dtoValidator } from '../dto-validator';
import { focusFirstInvalid } from '../focus-first-invalid';
import { pruneEmpty } from '../prune-empty';
import { switchedPaths } from '../switched-group';
import { ProviderFieldHarness } from './provider-field.harness';
import { ProviderFieldsComponent } from './provider-fields.component';
import { buildProviderForm } from './provider-form';

function described() {
  const { credential } = PROVIDERS['byo-phone-number'];
  if (credential === null) throw new Error('A trunk has credentials');
  return credential;
}

async function showTrunk({ most = 64 } = {}) {
  const { body, fields: all } = described();
  const fields = all.map((field) => (field.kind === 'list' ? { ...field, most } : field));
  const form = buildProviderForm(fields);
  form.addValidators(dtoValidator(body));
  form.updateValueAndValidity();

  @Component({
    imports: [ProviderFieldsComponent],
    template: '<app-provider-fields [fields]="fields" [form]="form" />',
  })
  class HostComponent {
    readonly fields = fields;
    readonly form = form;
  }

  const fixture = TestBed.createComponent(HostComponent);
  const element = fixture.nativeElement as HTMLElement;
  document.body.append(element);
  const loader = TestbedHarnessEnvironment.loader(fixture);
  await fixture.whenStable();
  /** The field of this name in the gateway of this number. */
  const field = async (label: string, item = 1): Promise<ProviderFieldHarness> => {
    const all = await loader.getAllHarnesses(ProviderFieldHarness);
    const labels = await Promise.all(all.map((one) => one.label()));
    const found = all.filter((_one, index) => labels[index] === label)[item - 1];
    if (found === undefined) throw new Error(`There is no field ${label} in number ${item}`);
    return found;
  };
  const button = (name: string) => {
    const found = [...element.querySelectorAll('button')].find(
      ({ textContent, ariaLabel }) => (ariaLabel ?? textContent.trim()) === name,
    );
    if (found === undefined) throw new Error(`There is no button ${name}`);
    return found;
  };
  const press = async (name: string) => {
    button(name).click();
    await fixture.whenStable();
  };
  const addresses = () => (form.get('gateways')?.value as { ip: string }[]).map(({ ip }) => ip);
  const message = async () =>
    (await TestbedHarnessEnvironment.documentRootLoader(fixture).getHarness(MatSnackBarHarness)).getMessage();
  const undo = async () => {
    const bar = await TestbedHarnessEnvironment.documentRootLoader(fixture).getHarness(MatSnackBarHarness);
    await bar.dismissWithAction();
    await fixture.whenStable();
  };
  /** What would be sent. */
  const sent = () => pruneEmpty(form.value, new Set(switchedPaths(form)));
  const focused = () => document.activeElement?.id;
  return { addresses, body: sent, element, field, fixture, focused, form, message, press, undo };
}

afterEach(() => {
  document.body.replaceChildren();
});

describe('The gateways of a trunk', () => {
  it('are one at first, which asks for little and cannot be removed', async () => {
    const { element, body, field } = await showTrunk();

    expect(element.querySelectorAll('fieldset')).toHaveLength(1);
    expect(element.querySelector('[aria-label^=Remove]')).toBeNull();
    expect([...element.querySelectorAll('details')].map(({ open }) => open)).toEqual([false, false]);
    await (await field('Gateway IP or domain')).type('198.51.100.7');
    expect(body()).toEqual({ gateways: [{ ip: '198.51.100.7', port: 5060 }] });
  });

  it('can be added, and the focus goes to the first field of the new one', async () => {
    const { element, press, field, focused, body } = await showTrunk();
    await press('Add gateway');

    expect([...element.querySelectorAll('legend')].map(({ textContent }) => textContent)).toEqual([
      'Gateway 1',
      'Gateway 2',
    ]);
    expect(focused()).toBe('field-gateways-1-ip');
    await (await field('Gateway IP or domain', 1)).type('198.51.100.7');
    await (await field('Gateway IP or domain', 2)).type('203.0.113.1');
    await (await field('Port', 2)).type('5080');
    expect(body()).toEqual({
      gateways: [
        { ip: '198.51.100.7', port: 5060 },
        { ip: '203.0.113.1', port: 5080 },
      ],
    });
  });

  it('can be removed: it is said, the focus goes to the next one, and it can be taken back', async () => {
    const { press, field, focused, addresses, message, undo } = await showTrunk();
    await press('Add gateway');
    await press('Add gateway');
    for (const [index, ip] of ['192.0.2.1', '192.0.2.2', '192.0.2.3'].entries())
      await (await field('Gateway IP or domain', index + 1)).type(ip);

    await press('Remove gateway 2');
    expect(addresses()).toEqual(['192.0.2.1', '192.0.2.3']);
    expect(focused()).toBe('field-gateways-1-ip');
    expect(await message()).toBe('Gateway 2 is removed.');

    await undo();
    expect(addresses()).toEqual(['192.0.2.1', '192.0.2.2', '192.0.2.3']);
    expect(focused()).toBe('field-gateways-1-ip');

    await press('Remove gateway 3');
    expect(focused()).toBe('field-gateways-1-ip');
    await press('Remove gateway 1');
    expect(addresses()).toEqual(['192.0.2.2']);
    expect(focused()).toBe('field-gateways-0-ip');
  });

  it('are called in the language that is spoken', async () => {
    TestBed.configureTestingModule({ providers: [provideTranslations()] });
    await TestBed.inject(LanguageChoice).choose('de');
    const { element, press } = await showTrunk();
    await press('Gateway hinzufügen');
    await press('Gateway 2 entfernen');

    expect(element.querySelector('legend')?.textContent).toBe('Gateway 1');
    await TestBed.inject(LanguageChoice).choose('en');
  });

  it('are as many as a trunk can have', async () => {
    const { element, press } = await showTrunk({ most: 2 });
    await press('Add gateway');

    expect(element.textContent).toContain('A trunk can have 64 gateways at most.');
    expect(element.textContent).not.toContain('Add gateway');
    await press('Remove gateway 1');
    expect(element.textContent).toContain('Add gateway');
  });

  it('take inbound calls unless they have a host name, and refuse them for one in words at the switch', async () => {
    const { field, body } = await showTrunk();
    const inbound = await field('Take inbound calls from this gateway');
    await (await field('Gateway IP or domain')).type('198.51.100.7');
    expect(await inbound.isOn()).toBe(true);

    await (await field('Gateway IP or domain')).type('sip.example.com');
    expect(await inbound.isOn()).toBe(false);
    expect(await inbound.error()).toBe('');
    expect(body()).toEqual({ gateways: [{ ip: 'sip.example.com', port: 5060 }] });

    await inbound.toggle();
    expect(await inbound.error()).toContain('Inbound calls need an IPv4 address.');
    await inbound.toggle();
    expect(await inbound.error()).toBe('');
    expect(body()).toEqual({ gateways: [{ ip: 'sip.example.com', port: 5060, inboundEnabled: false }] });
  });

  it('have their transport, netmask and checks sent only where they are chosen', async () => {
    const { field, body } = await showTrunk();
    await (await field('Gateway IP or domain')).type('198.51.100.0');
    await (await field('Transport of outbound calls')).choose('TLS, and SRTP for the voice');
    await (await field('Netmask')).type('24');
    await (await field('Check the gateway with SIP OPTIONS')).toggle();
    await (await field('Send outbound calls to this gateway')).toggle();

    expect(await (await field('Port')).notice()).toContain('TLS usually has port 5061.');
    expect(body()).toEqual({
      gateways: [
        {
          ip: '198.51.100.0',
          port: 5060,
          netmask: 24,
          outboundEnabled: false,
          outboundProtocol: 'tls/srtp',
          optionsPingEnabled: true,
        },
      ],
    });

    await (await field('Netmask')).type('23');
    await (await field('Netmask')).leave();
    expect(await (await field('Netmask')).error()).toBe('The netmask is at least 24.');
  });

  it('are refused at the second where two are the same, until one of them changes', async () => {
    const { press, field } = await showTrunk();
    await press('Add gateway');
    await (await field('Gateway IP or domain', 1)).type('198.51.100.7');
    await (await field('Gateway IP or domain', 2)).type('198.51.100.7');
    await (await field('Gateway IP or domain', 2)).leave();
    expect(await (await field('Gateway IP or domain', 2)).error()).toContain('listed before');
    expect(await (await field('Gateway IP or domain', 1)).error()).toBe('');

    await (await field('Port', 1)).type('5080');
    expect(await (await field('Gateway IP or domain', 2)).error()).toBe('');
  });

  it('show what the server refuses at the right one, folded or not, with the focus there', async () => {
    const { press, field, form, fixture, focused, element } = await showTrunk();
    await press('Add gateway');
    await (await field('Gateway IP or domain', 1)).type('198.51.100.7');
    await (await field('Gateway IP or domain', 2)).type('203.0.113.1');
    const errors = [{ path: 'gateways.1.netmask', message: 'This network is too large.' }];
    expect(applyProblem(form, { errors })).toBe(true);
    await fixture.whenStable();

    focusFirstInvalid(element);
    expect(focused()).toBe('field-gateways-1-netmask');
    expect(document.activeElement?.closest('details')?.open).toBe(true);
    expect(await (await field('Netmask', 2)).error()).toBe('This network is too large.');
  });
});

describe('The login of a trunk', () => {
  it('is missed a password with words that do not stand in the way', async () => {
    const { field, form } = await showTrunk();
    await (await field('Gateway IP or domain')).type('198.51.100.7');
    await (await field('Auth username')).type('acme');
    expect(await (await field('Auth password')).notice()).toContain('usually needs a password');
    expect(form.valid).toBe(true);

    await (await field('Auth password')).type('pw');
    expect(await (await field('Auth password')).notice()).toBe('');
  });

  const register = async ({ element, fixture }: Awaited<ReturnType<typeof showTrunk>>) => {
    const label = [...element.querySelectorAll('label')].find(({ textContent }) =>
      textContent.includes('Register with the trunk'),
    );
    label?.querySelector('input')?.click();
    await fixture.whenStable();
  };

  it('registers when it is switched on, also with nothing more to say, and needs a username then', async () => {
    const trunk = await showTrunk();
    await (await trunk.field('Gateway IP or domain')).type('198.51.100.7');
    await register(trunk);
    trunk.form.markAllAsTouched();
    await trunk.fixture.whenStable();
    expect(await (await trunk.field('Auth username')).error()).toBe(
      'Enter the username with which the trunk lets Vapi register.',
    );

    await (await trunk.field('Auth username')).type('acme');
    expect(trunk.form.valid).toBe(true);
    const gateways = [{ ip: '198.51.100.7', port: 5060 }];
    expect(trunk.body()).toEqual({
      gateways,
      outboundAuthenticationPlan: { authUsername: 'acme', sipRegisterPlan: {} },
    });

    await (await trunk.field('Realm')).type('example');
    expect(trunk.body()).toMatchObject({
      outboundAuthenticationPlan: { sipRegisterPlan: { realm: 'example' } },
    });

    await register(trunk);
    expect(trunk.body()).toEqual({ gateways, outboundAuthenticationPlan: { authUsername: 'acme' } });
  });
});
