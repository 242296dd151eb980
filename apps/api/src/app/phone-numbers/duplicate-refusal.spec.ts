import { VapiError } from '../vapi/vapi.error';
import { isDuplicateRefusal } from './duplicate-refusal';

const refusal = (status: number, ...messages: string[]) =>
  new VapiError({ kind: 'rejected', operation: 'POST /phone-number', status, messages, mayHaveActed: false });

describe('the refusal of a number that the account has', () => {
  it.each([
    'Phone number already exists.',
    'Existing Phone Number … Has Identical `number`',
    'duplicate key value',
    'This number is in use',
    'The number is taken.',
  ])('is recognised by %j', (text) => {
    expect(isDuplicateRefusal(refusal(400, text))).toBe(true);
    expect(isDuplicateRefusal(refusal(400, 'something else', text.toUpperCase()))).toBe(true);
  });

  it('is recognised by its status', () => {
    expect(isDuplicateRefusal(refusal(409))).toBe(true);
  });

  it.each([
    'Number Not Found on Twilio',
    "Couldn't Update Telnyx Number. Error: 404 Resource not found.",
    "Couldn't validate SIP trunk credential. SIP gateway creation failed.",
    'number must be a valid phone number in the E.164 format. Hot tip: ...',
    'property serverUrl should not exist',
    'credentialId must be a UUID',
  ])('is not %j', (text) => {
    expect(isDuplicateRefusal(refusal(400, text))).toBe(false);
  });
});
