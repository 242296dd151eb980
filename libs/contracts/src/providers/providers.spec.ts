import 'reflect-metadata';
import { plainToInstance } from 'class-transformer';
import { refusals } from '../testing/refusals';
import type { FieldKind, ProviderField } from './provider.descriptor';
import { CREDENTIAL_PROVIDER_IDS, PROVIDER_IDS, PROVIDERS, providerOfCredential } from './providers';

/** The value a person might enter into a field of this kind. */
const SAMPLES: Record<FieldKind, string | number | boolean> = {
  text: 'ACabc',
  secret: 'secret',
  host: '198.51.100.7',
  port: 5061,
  phone: '+14155550100',
  toggle: true,
};

/** What the fields of one kind would not show: a text whose form is fixed. */
const SPECIAL: Record<string, string> = { sipUri: 'sip:reception@pbx.example.com', areaCode: '415' };

const sampleOf = ({ path, kind }: ProviderField) => SPECIAL[path] ?? SAMPLES[kind];

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
        'Auth username': 'text',
        'Auth password': 'secret',
        'Phone number': 'phone',
        'Check as an international number': 'toggle',
        'SIP URI': 'text',
      },
    ],
    ['vapi', { 'Area code': 'text' }],
  ])('for %s has these labels, and its secrets are masked', (id, fields) => {
    const { credential, fields: own } = PROVIDERS[id];
    const shown = [...(credential?.fields ?? []), ...own].map(({ label, kind }) => [label, kind]);
    expect(Object.fromEntries(shown)).toEqual(fields);
    expect(shown).toHaveLength(Object.keys(fields).length);
  });

  it('starts with port 5060', () => {
    const port = PROVIDERS['byo-phone-number'].credential?.fields.find(({ kind }) => kind === 'port');
    expect(port?.initial).toBe(5060);
  });

  it('leaves text messages as they are unless asked', () => {
    const sms = PROVIDERS.twilio.fields.find(({ kind }) => kind === 'toggle');
    expect(sms?.initial).toBe(false);
  });
});

describe.each(ALL)('the fields of $label', ({ id, credential, fields, body }) => {
  it('exist in the classes that check them, and a filled-in form is accepted', () => {
    if (credential !== null) {
      const entered = build(credential.fields.map((field) => [field.path, sampleOf(field)]));
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
    const required = (all: readonly ProviderField[]) => all.filter(({ optional }) => !optional);
    const missing = refusals(body, { provider: id }).map(({ path }) => path);
    for (const { path, optional } of fields.filter(
      ({ path }) => !(id === 'byo-phone-number' && path === 'number'),
    ))
      expect([path, missing.includes(path)]).toEqual([path, !optional]);
    if (credential !== null) {
      const entered = build(required(credential.fields).map((field) => [field.path, sampleOf(field)]));
      const paths = refusals(credential.body, entered).map(({ path }) => path);
      // Twilio wants one of two forms of secret, so none of them is required alone.
      expect(paths).toEqual(id === 'twilio' ? ['authToken'] : []);
    }
  });

  it('offer several ways to one end next to each other, and require none of them alone', () => {
    const lists: (readonly ProviderField[])[] = [credential?.fields ?? [], fields];
    for (const list of lists) {
      const offered = list.filter(({ either }) => either !== undefined);
      const first = list.findIndex(({ either }) => either !== undefined);
      expect(list.slice(first, first + offered.length)).toEqual(offered);
      expect(new Set(offered.map(({ either }) => either)).size).not.toBe(1);
      expect(offered.every(({ optional }) => optional)).toBe(true);
    }
  });

  it('have a path each', () => {
    const paths = fields.map(({ path }) => path);
    expect(new Set(paths).size).toBe(paths.length);
  });
});

describe.each(ALL)('the description of $label', ({ changes, nextSteps }) => {
  it('says before what changes, and after what is left to do, in whole sentences', () => {
    expect(changes.length).toBeGreaterThan(0);
    expect(nextSteps.length).toBeGreaterThan(0);
    for (const sentence of [...changes, ...nextSteps]) expect(sentence).toMatch(/^[A-Z].*\.$/);
  });
});
