import { TestbedHarnessEnvironment } from '@angular/cdk/testing/testbed';
import { Component, signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { inputsOf, PROVIDERS, type ProviderId } from '@voxreach/contracts';
import { dtoValidator } from '../dto-validator';
import { ProviderFieldHarness } from './provider-field.harness';
import { ProviderFieldsComponent } from './provider-fields.component';
import { buildProviderForm } from './provider-form';

const descriptorOf = (id: ProviderId) => {
  const { credential, fields } = PROVIDERS[id];
  if (credential === null) throw new Error(`${id} takes no credentials`);
  return { credential, fields };
};

async function show(id: ProviderId, part: 'credential' | 'number' = 'credential') {
  const described = descriptorOf(id);
  const { body, fields } = part === 'credential' ? described.credential : { ...PROVIDERS[id], ...described };
  const form = buildProviderForm(fields);
  form.addValidators(dtoValidator(body));
  form.updateValueAndValidity();

  @Component({
    imports: [ProviderFieldsComponent],
    template: '<app-provider-fields [fields]="fields" [form]="form" [forgotten]="forgotten()" />',
  })
  class HostComponent {
    readonly fields = fields;
    readonly form = form;
    readonly forgotten = signal<ReadonlySet<string>>(new Set());
  }

  const fixture = TestBed.createComponent(HostComponent);
  const loader = TestbedHarnessEnvironment.loader(fixture);
  const all = await loader.getAllHarnesses(ProviderFieldHarness);
  const labels = await Promise.all(all.map((field) => field.label()));
  const field = (label: string): ProviderFieldHarness => {
    const found = all[labels.indexOf(label)];
    if (found === undefined) throw new Error(`There is no field called ${label}`);
    return found;
  };
  return { fixture, form, field, labels };
}

describe('The fields of a provider', () => {
  it.each<ProviderId>(['twilio', 'vonage', 'telnyx', 'byo-phone-number'])(
    'of %s stand in the order of its descriptor, labelled with its words alone',
    async (id) => {
      const { labels } = await show(id);

      const always = descriptorOf(id).credential.fields.filter(({ kind }) => kind !== 'group');
      expect(labels).toEqual(inputsOf(always).map(({ label }) => label));
    },
  );

  it.each<[ProviderId, 'credential' | 'number', string, string[]]>([
    [
      'twilio',
      'credential',
      'API Key and API Secret, or Auth Token',
      ['API Key', 'API Secret', 'Auth Token'],
    ],
    [
      'byo-phone-number',
      'number',
      'Phone number, or SIP URI',
      ['Phone number', 'Check as an international number', 'SIP URI'],
    ],
  ])('of %s (%s) say that one is needed: %s', async (id, part, ways, labels) => {
    const { fixture } = await show(id, part);
    const groups = fixture.nativeElement.querySelectorAll('[role=group]') as NodeListOf<HTMLElement>;

    expect([...groups].map((group) => group.ariaLabel ?? group.getAttribute('aria-label'))).toEqual([
      `One of these is needed: ${ways}`,
    ]);
    expect(
      [...(groups[0]?.querySelectorAll('label') ?? [])].map(({ textContent }) => textContent?.trim()),
    ).toEqual(labels);
    expect(groups[0]?.textContent).not.toContain('Optional');
  });

  it('are called optional where nothing else takes their place', async () => {
    const { fixture } = await show('byo-phone-number');

    const optional = [...(fixture.nativeElement as HTMLElement).querySelectorAll('.field-heading')].filter(
      ({ textContent }) => textContent.includes('Optional'),
    );
    expect(optional.map((heading) => heading.querySelector('label')?.textContent)).toEqual([
      'Transport of outbound calls',
      'Netmask',
      'Auth username',
      'Auth password',
      'Prefix of dialled numbers',
      'Diversion header',
    ]);
  });

  it('show their help before there is an error, and begin with what is usual', async () => {
    const { field } = await show('byo-phone-number');

    expect(await field('Port').help()).toBe('SIP signalling port, usually 5060.');
    expect(await field('Port').value()).toBe('5060');
    expect(await field('Gateway IP or domain').error()).toBe('');
  });

  it('complain when they are left, and stop while they are typed in', async () => {
    const { field } = await show('vonage');
    const apiKey = field('API Key');
    await apiKey.type('');
    await apiKey.leave();
    expect(await apiKey.error()).toBe('Enter the API Key of the Vonage account.');
    expect(await apiKey.attribute('aria-invalid')).toBe('true');

    await apiKey.type('a');
    expect(await apiKey.error()).toBe('');
  });

  it('show an error that another field causes', async () => {
    const { field, fixture, form } = await show('twilio');
    await field('API Key').type('SK1');
    form.markAllAsTouched();
    await fixture.whenStable();

    expect(await field('API Secret').error()).toBe('Enter the API Secret that belongs to the API Key.');
  });

  it('hide secrets, show them on request, and hide them again when the field is left', async () => {
    const { field } = await show('telnyx');
    const secret = field('API Key');
    const reveal = await secret.revealButton();
    expect(await secret.attribute('type')).toBe('password');
    expect(await reveal?.getAttribute('aria-label')).toBe('Show API Key');

    await reveal?.click();
    expect(await secret.attribute('type')).toBe('text');
    expect(await reveal?.getAttribute('aria-label')).toBe('Hide API Key');

    await secret.type('k');
    await secret.leave();
    expect(await secret.attribute('type')).toBe('password');
  });

  it('keep browsers and password managers from filling in or storing', async () => {
    const { field } = await show('twilio');

    expect(await field('Auth Token').attribute('autocomplete')).toBe('new-password');
    expect(await field('Account SID').attribute('autocomplete')).toBe('off');
    expect(await field('Auth Token').attribute('data-1p-ignore')).not.toBeNull();
  });

  it('say that a forgotten secret is needed again, until it is typed', async () => {
    const { field, fixture } = await show('telnyx');
    fixture.componentInstance.forgotten.set(new Set(['apiKey']));
    expect(await field('API Key').notice()).toBe('Enter it again: secrets are not kept.');

    await field('API Key').type('k');
    expect(await field('API Key').notice()).toBe('');
  });

  it('warn of a private address without refusing it', async () => {
    const { field, form } = await show('byo-phone-number');
    await field('Gateway IP or domain').type('192.168.1.4');
    await field('Gateway IP or domain').leave();

    expect(await field('Gateway IP or domain').notice()).toContain('This address is private');
    expect(form.valid).toBe(true);
  });

  it('say what a domain name means for inbound calls', async () => {
    const { field, form } = await show('byo-phone-number');
    await field('Gateway IP or domain').type('sip.example.com');

    expect(await field('Gateway IP or domain').notice()).toContain('inbound calls are switched off');
    expect(form.valid).toBe(true);
  });

  it('hold a port as a number, and pass on what is none to be refused', async () => {
    const { field, form } = await show('byo-phone-number');
    await field('Port').type('5061');
    expect(form.get('gateways.0.port')?.value).toBe(5061);

    await field('Port').type('50x');
    await field('Port').leave();
    expect(await field('Port').error()).toBe('Enter the port as a whole number from 1 to 65535.');
  });
});

describe('A phone number', () => {
  it.each([
    ['+1 (415) 555-0100', '+14155550100'],
    ['\u202a+49 30 90.18/20\u202c', '+4930901820'],
    ['+1 415 CALL ME', '+1 415 CALL ME'],
    ['4711', '4711'],
    ['47-11', '47-11'],
    ['reception', 'reception'],
  ])('typed as %s is sent as %s, and stays as typed until the field is left', async (typed, expected) => {
    const fields = descriptorOf('twilio').fields.filter(({ kind }) => kind === 'phone');
    const form = buildProviderForm(fields);
    const fixture = TestBed.createComponent(ProviderFieldsComponent);
    fixture.componentRef.setInput('fields', fields);
    fixture.componentRef.setInput('form', form);
    const loader = TestbedHarnessEnvironment.loader(fixture);
    const phone = await loader.getHarness(ProviderFieldHarness);

    await phone.type(typed);
    expect(await phone.value()).toBe(typed);
    expect(form.get('number')?.value).toBe(expected);

    await phone.leave();
    expect(await phone.value()).toBe(expected);
    expect(form.get('number')?.value).toBe(expected);
  });
});
