import 'reflect-metadata';
import { plainToInstance } from 'class-transformer';
import { refusals } from '../testing/refusals';
import { type FieldKind, type InputField, inputsOf } from './provider.descriptor';
import { ByoSipTrunkCredential } from './byo-sip';
import { PROVIDER_IDS } from './provider-cards';
import { CREDENTIAL_PROVIDER_IDS, PROVIDERS, providerOfCredential } from './providers';

/** The value a person might enter into a field of this kind. */
const SAMPLES: Record<FieldKind, string | number | boolean> = {
  text: 'ACabc',
  secret: 'secret',
  host: '198.51.100.7',
  port: 5061,
  number: 30,
  phone: '+14155550100',
  toggle: true,
  choice: '',
};

/** What the fields of one kind would not show: a text whose form is fixed. */
const SPECIAL: Record<string, string> = { sipUri: 'sip:reception@pbx.example.com', areaCode: '415' };

const sampleOf = ({ path, kind, options }: InputField) =>
  SPECIAL[path] ?? options?.at(-1)?.value ?? SAMPLES[kind];

/** An object in which each path has its value; numbers in a path are places of a list. */
function build(entries: [path: string, value: unknown][]): object {
  const root: Record<string, unknown> = {};
  for (const [path, value] of entries) {
    const keys = path.split('.');
    let at: Record<string, unknown> = root;
    keys.forEach((key, index) => {
      const isLast = index === keys.length - 1;
      const isList = /^\d+$/.test(keys[index + 1] ?? '');
      at[key] ??= isLast ? value : isList ? [] : {};
      at = at[key] as Record<string, unknown>;
    });
  }
  return root;
}

const ALL = Object.values(PROVIDERS);

describe('the providers', () => {
  it('are described one and all, each under its own id, in the order they are offered', () => {
    expect(Object.keys(PROVIDERS)).toEqual(['twilio', 'vonage', 'telnyx', 'byo-phone-number', 'vapi']);
    expect(ALL.map(({ id }) => id)).toEqual(Object.keys(PROVIDERS));
    expect(PROVIDER_IDS).toEqual(Object.keys(PROVIDERS));
  });

  it('have the cards that were asked for', () => {
    expect(ALL.map(({ label, blurb }) => [label, blurb])).toEqual([
      ['Twilio', 'Import a number from your Twilio account'],
      ['Vonage', 'Import a number from your Vonage account'],
      ['Telnyx', 'Import a number from your Telnyx account'],
      ['BYO SIP Trunk', 'Bring your own SIP trunk number'],
      ['Vapi', 'Get a free test number (US only)'],
    ]);
  });

  it('have one credential kind each, except free numbers, which have none', () => {
    expect(ALL.map(({ credential }) => credential?.provider)).toEqual([
      'twilio',
      'vonage',
      'telnyx',
      'byo-sip-trunk',
      undefined,
    ]);
    expect(ALL.map(({ credential }) => credential?.reusable)).toEqual([false, true, true, true, undefined]);
  });

  it('give the kinds of credentials that can be saved', () => {
    expect(CREDENTIAL_PROVIDER_IDS).toEqual(['twilio', 'vonage', 'telnyx', 'byo-sip-trunk']);
  });

  it.each(CREDENTIAL_PROVIDER_IDS)('are found by their credentials of %s', (id) => {
    expect(providerOfCredential(id).credential?.provider).toBe(id);
  });
});

describe('what the client enters', () => {
  it.each<[keyof typeof PROVIDERS, Record<string, FieldKind>]>([
    [
      'twilio',
      {
        'Account SID': 'text',
        'API Key': 'text',
        'API Secret': 'secret',
        'Auth Token': 'secret',
        'Phone number': 'phone',
        'Receive text messages too': 'toggle',
      },
    ],
    ['vonage', { 'API Key': 'text', 'API Secret': 'secret', 'Phone number': 'phone' }],
    ['telnyx', { 'API Key': 'secret', 'Phone number': 'phone' }],
    [
      'byo-phone-number',
      {
        'Gateway IP or domain': 'host',
        Port: 'port',
        'Take inbound calls from this gateway': 'toggle',
        'Send outbound calls to this gateway': 'toggle',
        'Transport of outbound calls': 'choice',
        Netmask: 'number',
        'Check the gateway with SIP OPTIONS': 'toggle',
        'Auth username': 'text',
        'Auth password': 'secret',
        'Registration domain': 'text',
        'Registration username': 'text',
        Realm: 'text',
        'Dial with a plus in front': 'toggle',
        'Prefix of dialled numbers': 'text',
        'Diversion header': 'text',
        'Phone number': 'phone',
        'Check as an international number': 'toggle',
        'SIP URI': 'text',
      },
    ],
    ['vapi', { 'Area code': 'text' }],
  ])('for %s has these labels, and its secrets are masked', (id, fields) => {
    const { credential, fields: own } = PROVIDERS[id];
    const shown = [...inputsOf(credential?.fields ?? []), ...own].map(({ label, kind }) => [label, kind]);
    expect(Object.fromEntries(shown)).toEqual(fields);
    expect(shown).toHaveLength(Object.keys(fields).length);
  });

  it('starts with port 5060', () => {
    const inputs = inputsOf(PROVIDERS['byo-phone-number'].credential?.fields ?? []);
    const port = inputs.find(({ kind }) => kind === 'port');
    expect(port?.initial).toBe(5060);
  });

  it('leaves text messages as they are unless asked', () => {
    const sms = PROVIDERS.twilio.fields.find(({ kind }) => kind === 'toggle');
    expect(sms?.initial).toBe(false);
  });
});

describe.each(ALL)('the fields of $label', ({ id, credential, fields, body }) => {
  const inputs = inputsOf(credential?.fields ?? []);

  it('exist in the classes that check them, and a filled-in form is accepted', () => {
    if (credential !== null) {
      const entered = build(inputs.map((field) => [field.path, sampleOf(field)]));
      expect(refusals(credential.body, entered)).toEqual([]);
    }
    for (const field of fields) {
      const value = sampleOf(field);
      const errors = refusals(body, build([[field.path, value]]));
      expect(errors.filter(({ path }) => path === field.path)).toEqual([]);
      expect(plainToInstance(body, { [field.path]: value })).toMatchObject({ [field.path]: value });
    }
  });

  it('are optional where they are said to be', () => {
    const required = (all: readonly InputField[]) => all.filter(({ optional }) => !optional);
    const missing = refusals(body, { provider: id }).map(({ path }) => path);
    for (const { path, optional } of fields.filter(
      ({ path }) => !(id === 'byo-phone-number' && path === 'number'),
    ))
      expect([path, missing.includes(path)]).toEqual([path, !optional]);
    if (credential !== null) {
      const entered = build(required(inputs).map((field) => [field.path, sampleOf(field)]));
      const paths = refusals(credential.body, entered).map(({ path }) => path);
      // Twilio wants one of two forms of secret, so none of them is required alone.
      expect(paths).toEqual(id === 'twilio' ? ['authToken'] : []);
    }
  });

  it('offer several ways to one end next to each other, and require none of them alone', () => {
    const lists: (readonly InputField[])[] = [inputs, fields];
    for (const list of lists) {
      const offered = list.filter(({ either }) => either !== undefined);
      const first = list.findIndex(({ either }) => either !== undefined);
      expect(list.slice(first, first + offered.length)).toEqual(offered);
      expect(new Set(offered.map(({ either }) => either)).size).not.toBe(1);
      expect(offered.every(({ optional }) => optional)).toBe(true);
    }
  });

  it('have a path each', () => {
    const paths = [...inputs.map(({ path }) => `credential.${path}`), ...fields.map(({ path }) => path)];
    expect(new Set(paths).size).toBe(paths.length);
  });
});

describe('the gateways of a trunk', () => {
  const [list] = PROVIDERS['byo-phone-number'].credential?.fields ?? [];
  const fields = list?.kind === 'list' ? list.fields : [];
  const fieldAt = (path: string) => fields.find((field) => field.path === path);

  it('are as many as the class takes', () => {
    const many = (count: number) =>
      Array.from({ length: count }, (_, index) => ({ ip: `198.51.100.${index}` }));
    const most = list?.kind === 'list' ? list.most : 0;
    expect(refusals(ByoSipTrunkCredential, { gateways: many(most) })).toEqual([]);
    expect(refusals(ByoSipTrunkCredential, { gateways: many(most + 1) })).toHaveLength(1);
  });

  it.each([
    [{}, true],
    [{ ip: '198.51.100.7' }, true],
    [{ ip: 'sip.example.com' }, false],
    [{ ip: ' sip.example.com ' }, false],
  ])('take inbound calls as the server has it while nobody says: %j', (entered, expected) => {
    expect(fieldAt('inboundEnabled')?.untouched?.(entered)).toBe(expected);
    expect(fieldAt('outboundEnabled')?.untouched?.(entered)).toBe(true);
  });

  const remarkAt = (path: string, entered: object) =>
    fieldAt(path)?.remarks?.find(({ applies }) => applies(entered))?.text;

  it.each<[string, object, string | undefined]>([
    ['port', { port: 5060, outboundProtocol: 'tls/srtp' }, 'TLS usually has port 5061.'],
    ['port', { port: 5061, outboundProtocol: 'tls' }, undefined],
    ['port', { port: 5060, outboundProtocol: 'tcp' }, undefined],
    ['port', { port: 5060 }, undefined],
    ['outboundEnabled', { inboundEnabled: false, outboundEnabled: false }, 'carries no calls'],
    ['outboundEnabled', { ip: 'sip.example.com', outboundEnabled: false }, 'carries no calls'],
    ['outboundEnabled', { ip: '198.51.100.7', outboundEnabled: false }, undefined],
    ['outboundEnabled', { ip: 'sip.example.com' }, undefined],
  ])('at %s with %j are remarked on: %s', (path, entered, remark) => {
    expect(remarkAt(path, entered)).toEqual(remark && expect.stringContaining(remark));
  });
});

describe('the password of a trunk', () => {
  it.each([
    [{ outboundAuthenticationPlan: { authUsername: 'bob' } }, true],
    [{ outboundAuthenticationPlan: { authUsername: 'bob', authPassword: 'pw' } }, false],
    [{ outboundAuthenticationPlan: { authPassword: 'pw' } }, false],
    [{}, false],
  ])('is missed beside %j: %s', (entered, isMissed) => {
    const inputs = inputsOf(PROVIDERS['byo-phone-number'].credential?.fields ?? []);
    const password = inputs.find(({ kind }) => kind === 'secret');
    expect(password?.remarks?.some(({ applies }) => applies(entered))).toBe(isMissed);
  });
});

describe.each(ALL)('the description of $label', ({ changes, nextSteps }) => {
  it('says before what changes, and after what is left to do, in whole sentences', () => {
    expect(changes.length).toBeGreaterThan(0);
    expect(nextSteps.length).toBeGreaterThan(0);
    const sentences = [...changes, ...nextSteps.map(({ text }) => text)];
    for (const sentence of sentences) expect(sentence).toMatch(/^[A-Z].*\.$/);
  });
});
