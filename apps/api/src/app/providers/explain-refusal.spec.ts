import 'reflect-metadata';
import type { ProviderId } from '@voxreach/contracts';
import { VapiError } from '../vapi/vapi.error';
import { explainRefusal } from './explain-refusal';
import { providerRejected } from './provider-rejected';
import { adapterOf } from './registry';

const refusalOf = (...messages: string[]) =>
  new VapiError({
    kind: 'rejected',
    operation: 'POST /phone-number',
    status: 400,
    messages,
    mayHaveActed: false,
  });

const explain = (id: ProviderId, ...messages: string[]) =>
  explainRefusal(refusalOf(...messages), adapterOf(id));

const pathsOf = (id: ProviderId, ...messages: string[]) =>
  explain(id, ...messages).errors.map(({ path }) => path);

describe('a refusal whose text is known', () => {
  it.each<[ProviderId, string, string | undefined, RegExp]>([
    ['twilio', 'Number Not Found on Twilio', 'number', /not in the Twilio account/],
    [
      'twilio',
      "Couldn't Validate Twilio Credentials. Error: 401 Authenticate.",
      'credential.accountSid',
      /did not accept these credentials/,
    ],
    [
      'vonage',
      "Couldn't Update Vonage Number. Error: 404 Number not found in this account.",
      'number',
      /not in the Vonage account/,
    ],
    [
      'vonage',
      "Couldn't Validate Vonage Credential. Error: 401 Unauthorized.",
      'credential.apiKey',
      /did not accept this API Key/,
    ],
    [
      'telnyx',
      "Couldn't Update Telnyx Number. Error: 404 Resource not found.",
      'number',
      /not in the Telnyx account/,
    ],
    ['telnyx', "Couldn't Update Telnyx Number. Error: 422", 'number', /did not let Vapi take over/],
    [
      'telnyx',
      "Couldn't Validate Telnyx Credential. Error: 401 Unauthorized.",
      'credential.apiKey',
      /did not accept this API Key/,
    ],
    [
      'byo-phone-number',
      "Couldn't validate SIP trunk credential. SIP gateway creation failed.",
      'credential.gateways.0.ip',
      /Inbound calls need IPv4 addresses/,
    ],
    ['vapi', 'No numbers in area code 415', 'areaCode', /no free number with this area code/],
    ['vapi', 'Free phone number limit reached. Upgrade your plan.', undefined, /No free test number is left/],
  ])('of %s, %j, is told at its field in our words', (id, text, path, ours) => {
    const { detail, errors } = explain(id, text);
    expect(errors.map((error) => error.path)).toEqual(path === undefined ? [] : [path]);
    for (const { message } of errors) {
      expect(message).toMatch(ours);
      expect(message).not.toContain(text);
    }
    expect(detail).toMatch(ours);
    expect(detail).toContain(`(Answer of Vapi: ${text})`);
  });

  it('is recognised whatever its letter case', () => {
    expect(pathsOf('twilio', 'NUMBER NOT FOUND ON TWILIO: +14155550404')).toEqual(['number']);
  });
});

describe("a refusal by Vapi's validation", () => {
  const E164 = 'number must be a valid phone number in the E.164 format. Hot tip: ...';

  it.each<[ProviderId, string, string | undefined]>([
    ['twilio', E164, 'number'],
    ['vonage', E164, 'number'],
    ['telnyx', E164, 'number'],
    ['byo-phone-number', E164, 'number'],
    ['twilio', 'twilioAccountSid should not be empty', 'credential.accountSid'],
    ['twilio', 'twilioAuthToken must be a string', 'credential.authToken'],
    ['twilio', 'twilioApiKey must be a string', 'credential.apiKey'],
    ['twilio', 'twilioApiSecret must be a string', 'credential.apiSecret'],
    ['twilio', 'smsEnabled must be a boolean value', 'smsEnabled'],
    ['vonage', 'apiSecret should not be empty', 'credential.apiSecret'],
    ['telnyx', 'apiKey should not be empty', 'credential.apiKey'],
    ['byo-phone-number', 'gateways.1.port must not be less than 1', 'credential.gateways.1.port'],
    [
      'byo-phone-number',
      'outboundAuthenticationPlan.authUsername must be a string',
      'credential.outboundAuthenticationPlan.authUsername',
    ],
    ['byo-phone-number', 'techPrefix must be a string', 'credential.techPrefix'],
    ['vapi', 'numberDesiredAreaCode must be 3 characters', 'areaCode'],
    ['vonage', 'credentialId must be a UUID', undefined],
    ['telnyx', 'credentialId must be a UUID', undefined],
    ['telnyx', 'property credentialId should not exist', undefined],
    ['twilio', 'property serverUrl should not exist', undefined],
    ['twilio', 'toString must be a function', undefined],
    ['twilio', '__proto__ must be an object', undefined],
  ])('of %s, %j, is told as it is, at the field it names', (id, text, path) => {
    expect(explain(id, text)).toEqual({
      detail: text,
      errors: path === undefined ? [] : [{ path, message: text }],
    });
  });

  it('with several texts names each field and keeps each text', () => {
    const texts = [E164, 'property serverUrl should not exist', 'twilioAccountSid must be a string'];
    const { detail, errors } = explain('twilio', ...texts);
    expect(errors.map(({ path }) => path)).toEqual(['number', 'credential.accountSid']);
    for (const text of texts) expect(detail).toContain(text);
  });
});

describe('a refusal whose text is unknown', () => {
  it.each<ProviderId>(['twilio', 'vonage', 'telnyx', 'byo-phone-number', 'vapi'])(
    'is told by %s as it is, at no field',
    (id) => {
      expect(explain(id, 'Something new went wrong.')).toEqual({
        detail: 'Something new went wrong.',
        errors: [],
      });
    },
  );

  it('is said to have no reason when it has none', () => {
    expect(explain('twilio')).toEqual({
      detail: 'Vapi refused this request and gave no reason. Check the fields and try again.',
      errors: [],
    });
  });
});

describe('the answer to a refusal', () => {
  it('is 422 with the fields, and keeps the cause for the log', () => {
    const refusal = refusalOf('Number Not Found on Twilio');
    const error = providerRejected(refusal, adapterOf('twilio'));
    expect(error).toMatchObject({ code: 'PROVIDER_REJECTED', errors: [{ path: 'number' }] });
    expect(error.cause).toBe(refusal);
  });

  it('has no list of fields when none is known', () => {
    expect(providerRejected(refusalOf('Something new'), adapterOf('twilio')).errors).toBeUndefined();
  });
});
