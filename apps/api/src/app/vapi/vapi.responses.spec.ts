import { parseAssistant, parseCredential, parseList, parsePhoneNumber } from './vapi.responses';

const ECHO = {
  id: 'n1',
  orgId: 'o1',
  provider: 'twilio',
  number: '+14155550100',
  name: 'Front desk',
  status: 'active',
  assistantId: 'a1',
  fallbackDestination: { type: 'number', number: '+442071838750', message: 'x' },
  twilioAccountSid: 'AC1',
  twilioAuthToken: 'token',
  providerResourceId: 'x',
  server: { url: 'https://x.test', secret: 's' },
  createdAt: '2026-01-01T00:00:00.000Z',
};

describe('what is taken from an answer of Vapi', () => {
  it('of a number is a fixed list of fields, whatever else is echoed', () => {
    expect(parsePhoneNumber(ECHO)).toEqual({
      id: 'n1',
      status: 'active',
      number: '+14155550100',
      name: 'Front desk',
      assistantId: 'a1',
      fallbackNumber: '+442071838750',
      createdAt: '2026-01-01T00:00:00.000Z',
    });
  });

  it.each(['active', 'activating', 'blocked'])('of a number keeps the status %s', (status) => {
    expect(parsePhoneNumber({ id: 'n1', status })?.status).toBe(status);
  });

  it('of a number takes only the id for granted', () => {
    const odd = { id: 'n1', status: 'new', number: 7, name: null, assistantId: '', fallbackDestination: 'x' };
    expect(JSON.stringify(parsePhoneNumber(odd))).toBe('{"id":"n1"}');
  });

  it('of a fallback over SIP has no number', () => {
    const body = { id: 'n1', fallbackDestination: { type: 'sip', sipUri: 'sip:x@y' } };
    expect(parsePhoneNumber(body)?.fallbackNumber).toBeUndefined();
  });

  it('of a credential is id and name', () => {
    expect(parseCredential({ id: 'c1', name: 'Main', apiKey: 'key', apiSecret: 's' })).toEqual({
      id: 'c1',
      name: 'Main',
    });
  });

  it('of an assistant is its words, its model and our mark', () => {
    const model = { provider: 'openai', model: 'gpt-4o', temperature: 0.2 };
    expect(
      parseAssistant({
        id: 'a1',
        name: 'R',
        firstMessage: 'Hi',
        model,
        metadata: { voxreachId: 'x' },
        orgId: 'o',
      }),
    ).toEqual({ id: 'a1', name: 'R', firstMessage: 'Hi', model, voxreachId: 'x' });
  });

  it.each([{}, { provider: 'openai' }, { model: 'gpt-4o' }, 'gpt-4o', null, []])(
    'of an assistant with the model %j is no model',
    (model) => {
      expect(parseAssistant({ id: 'a1', model })?.model).toBeUndefined();
    },
  );

  it.each([undefined, null, 'x', 7, [], {}, { id: '' }, { id: 7 }, { id: null }])(
    'is nothing when the answer is %j',
    (body) => {
      for (const parse of [parsePhoneNumber, parseCredential, parseAssistant])
        expect(parse(body)).toBeUndefined();
    },
  );

  it('of a list leaves out entries that cannot be used', () => {
    expect(
      parseList(parseCredential)([{ id: 'c1' }, null, 'x', {}, { id: 'c2' }])?.map(({ id }) => id),
    ).toEqual(['c1', 'c2']);
    expect(parseList(parseCredential)({ results: [] })).toBeUndefined();
  });
});
