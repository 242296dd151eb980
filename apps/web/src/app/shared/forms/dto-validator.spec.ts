import { FormControl, FormGroup } from '@angular/forms';
import { PROVIDERS, type ProviderId, UpdatePhoneNumberBody, VonageCredential } from '@voxreach/contracts';
import { applyProblem, forgetRefusals } from './apply-problem';
import { dtoValidator, validateDto } from './dto-validator';
import { fieldsOf, messageOf } from './field-messages';
import { buildProviderForm, type ProviderForm, under } from './provider-fields/provider-form';

function formFor(id: ProviderId): ProviderForm {
  const { body, credential, fields } = PROVIDERS[id];
  const form = buildProviderForm([...under('credential', credential?.fields ?? []), ...fields]);
  form.addControl('provider', new FormControl(id));
  form.addValidators(dtoValidator(body));
  form.updateValueAndValidity();
  return form;
}

function enter(form: ProviderForm, values: Record<string, unknown>): void {
  for (const [path, value] of Object.entries(values)) form.get(path)?.setValue(value);
}

const refusedFields = (form: ProviderForm): string[] =>
  fieldsOf(form)
    .filter(([, { invalid }]) => invalid)
    .map(([path]) => path);

const at = (form: ProviderForm, path: string): string => {
  const control = form.get(path);
  return control === null ? `no field at ${path}` : messageOf(control);
};

describe('A form that is held to the class of its request', () => {
  it.each<[ProviderId, string[], Record<string, unknown>]>([
    [
      'twilio',
      ['credential.accountSid', 'credential.authToken', 'number'],
      { 'credential.accountSid': 'AC123', 'credential.authToken': 'token', number: '+14155550100' },
    ],
    [
      'vonage',
      ['credential.apiKey', 'credential.apiSecret', 'number'],
      { 'credential.apiKey': 'key', 'credential.apiSecret': 'secret', number: '+442079460018' },
    ],
    ['telnyx', ['credential.apiKey', 'number'], { 'credential.apiKey': 'key', number: '+4930901820' }],
    [
      'byo-phone-number',
      ['credential.gateways.0.ip', 'number'],
      { 'credential.gateways.0.ip': '198.51.100.7', number: '+4930901820' },
    ],
    ['vapi', [], {}],
  ])('asks %s for each missing field by itself, and for nothing once it is there', (id, missing, values) => {
    const form = formFor(id);
    expect(refusedFields(form)).toEqual(missing);

    enter(form, values);
    expect(refusedFields(form)).toEqual([]);
    expect(form.valid).toBe(true);
  });

  it('takes an API Key with its API Secret in place of the Auth Token, and asks for the one that is missing', () => {
    const form = formFor('twilio');
    enter(form, { 'credential.accountSid': 'AC123', 'credential.apiKey': 'SK1', number: '+14155550100' });
    expect(at(form, 'credential.apiSecret')).toBe('Enter the API Secret that belongs to the API Key.');
    expect(at(form, 'credential.authToken')).toBe('');

    enter(form, { 'credential.apiSecret': 'secret' });
    expect(form.valid).toBe(true);
  });

  it('finds the field in a list by its index', () => {
    const form = formFor('byo-phone-number');
    enter(form, {
      'credential.gateways.0.ip': '198.51.100.7',
      'credential.gateways.0.port': 70_000,
      number: '+4930901820',
    });

    expect(refusedFields(form)).toEqual(['credential.gateways.0.port']);
    expect(at(form, 'credential.gateways.0.port')).toBe('A port is at most 65535.');
  });

  it('leaves out a login that is empty, and asks for its username once there is a password', () => {
    const form = formFor('byo-phone-number');
    const path = 'credential.outboundAuthenticationPlan.authUsername';
    enter(form, { 'credential.gateways.0.ip': '198.51.100.7', number: '+4930901820' });
    expect(form.valid).toBe(true);

    enter(form, { 'credential.outboundAuthenticationPlan.authPassword': 'secret' });
    expect(at(form, path)).toBe('Enter the username that belongs to the password.');
  });

  it('reports on the form what has no field of its own', () => {
    const form = new FormGroup({ apiKey: new FormControl('key') }, dtoValidator(VonageCredential));

    expect(messageOf(form)).toBe('Enter the API Secret of the Vonage account.');
  });

  it('counts texts of no length as absent', () => {
    expect(validateDto(UpdatePhoneNumberBody, { name: '' })).toEqual([]);
  });
});

describe('What the server refuses', () => {
  const refuse = (form: ProviderForm, ...paths: string[]) =>
    applyProblem(form, { errors: paths.map((path) => ({ path, message: `${path} is refused` })) });

  const filled = (): ProviderForm => {
    const form = formFor('byo-phone-number');
    enter(form, { 'credential.gateways.0.ip': '198.51.100.7', number: '+4930901820' });
    return form;
  };

  it('is put at the field it names and goes when the value changes', () => {
    const form = filled();
    expect(refuse(form, 'credential.gateways.0.port')).toBe(true);
    expect(at(form, 'credential.gateways.0.port')).toBe('credential.gateways.0.port is refused');
    expect(form.get('credential.gateways.0.port')?.touched).toBe(true);

    enter(form, { 'credential.gateways.0.port': 5061 });
    expect(form.valid).toBe(true);

    enter(form, { 'credential.gateways.0.port': 5060 });
    expect(form.valid).toBe(true);
  });

  it('stays while other fields change and while the same value is checked again', () => {
    const form = filled();
    refuse(form, 'number');

    enter(form, { 'credential.gateways.0.port': 5061 });
    form.get('number')?.updateValueAndValidity();
    expect(at(form, 'number')).toBe('number is refused');
  });

  it('is forgotten on request, so that the same values can be sent again', () => {
    const form = filled();
    refuse(form, 'number');

    forgetRefusals(form);
    expect(form.valid).toBe(true);
  });

  it('is reported as homeless when a field is not there or none is named', () => {
    const form = filled();

    expect(refuse(form, 'number', 'agentId')).toBe(false);
    expect(refuse(form, 'credential')).toBe(false);
    expect(refuse(form)).toBe(false);
    expect(at(form, 'number')).toBe('number is refused');
  });
});
