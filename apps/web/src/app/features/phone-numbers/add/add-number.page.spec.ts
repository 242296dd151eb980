import { provideHttpClient } from '@angular/common/http';
import {
  HttpTestingController,
  provideHttpClientTesting,
  type TestRequest,
} from '@angular/common/http/testing';
import { signal } from '@angular/core';
import { type ComponentFixture, TestBed } from '@angular/core/testing';
import { provideRouter } from '@angular/router';
import type { AgentResponse, CredentialResponse, FieldError, ProviderId } from '@voxreach/contracts';
import { Subject } from 'rxjs';
import { ChangeFeed, type News } from '../../../core/change-feed';
import { Session } from '../../../core/session/session';
import { AddNumberPage } from './add-number.page';

const NOW = '2026-11-20T10:00:00.000Z';
const idOf = (n: number): string => `00000000-0000-4000-8000-00000000000${n}`;

const TELNYX_MAIN: CredentialResponse = {
  id: idOf(1),
  provider: 'telnyx',
  name: 'Telnyx main',
  phoneNumberCount: 3,
  attention: null,
  createdAt: NOW,
  updatedAt: NOW,
};
const TWILIO: CredentialResponse = { ...TELNYX_MAIN, id: idOf(2), provider: 'twilio', name: 'Twilio key' };
const agent = (n: number, name: string): AgentResponse => ({
  id: idOf(n),
  name,
  phoneNumberCount: 0,
  attention: null,
  createdAt: NOW,
  updatedAt: NOW,
});
const AGENTS = [agent(5, 'Front desk'), agent(6, 'Sales')];

const added = {
  id: idOf(9),
  provider: 'telnyx',
  number: '+4930901820',
  sipUri: null,
  name: '+4930901820',
  status: 'active',
  agent: null,
  credential: null,
  fallbackNumber: null,
  createdAt: NOW,
  updatedAt: NOW,
};

const problem = (status: number, code: string, detail: string, errors?: FieldError[]) => ({
  body: { type: 'about:blank', title: code, status, detail, code, requestId: 'req-1', errors },
  options: { status, statusText: code },
});

let fixture: ComponentFixture<AddNumberPage>;
let http: HttpTestingController;
let feed: Subject<News>;

const page = (): HTMLElement => fixture.nativeElement as HTMLElement;
const text = (): string => (page().textContent ?? '').replace(/\s+/g, ' ');
const all = <T extends Element>(selector: string): T[] => [...page().querySelectorAll<T>(selector)];
/** As it is read out: elements that stand beside or under each other are words of their own. */
function wordsOf(element: Element): string {
  const texts = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  const words: string[] = [];
  while (texts.nextNode()) words.push(texts.currentNode.textContent ?? '');
  return words.join(' ').replace(/\s+/g, ' ').trim();
}
const settle = async (): Promise<void> => {
  // Not whenStable: it waits for the very requests that are answered below. The digest of the body takes a moment.
  await new Promise((resolve) => setTimeout(resolve, 5));
  TestBed.tick();
};

function one<T extends Element>(selector: string, startsWith: string): T {
  const found = all<T>(selector).find((element) => wordsOf(element).startsWith(startsWith));
  if (found === undefined) throw new Error(`There is no ${selector} that starts with ${startsWith}`);
  return found;
}

const press = async (name: string): Promise<void> => {
  one<HTMLButtonElement>('button', name).click();
  await settle();
};

const pick = async (name: string): Promise<void> => {
  one<HTMLLabelElement>('label.choice', name).querySelector('input')?.click();
  await settle();
};

function field(label: string): HTMLInputElement {
  const id = one<HTMLLabelElement>('label.field-label', label).htmlFor;
  const input = page().querySelector<HTMLInputElement>(`#${id}`);
  if (input === null) throw new Error(`The label ${label} has no input`);
  return input;
}

function enter(input: HTMLInputElement | undefined, value: string): void {
  if (input === undefined) throw new Error(`There is no input for ${value}`);
  input.value = value;
  input.dispatchEvent(new Event('input'));
  input.dispatchEvent(new Event('blur'));
}

async function fill(values: Record<string, string>): Promise<void> {
  for (const [label, value] of Object.entries(values)) enter(field(label), value);
  await settle();
}

async function open({
  vapiNumbers = true,
  saved = [] as CredentialResponse[],
  agents = AGENTS,
} = {}): Promise<void> {
  fixture = TestBed.createComponent(AddNumberPage);
  document.body.append(page());
  TestBed.inject<{ features: ReturnType<typeof signal<{ vapiNumbers: boolean }>> }>(
    Session as never,
  ).features.set({
    vapiNumbers,
  });
  TestBed.tick();
  http.expectOne(({ url }) => url === '/api/credentials').flush({ items: saved, nextCursor: null });
  http.expectOne(({ url }) => url === '/api/agents').flush({ items: agents, nextCursor: null });
  await settle();
}

async function goToAgents(card: string, values: Record<string, string>): Promise<void> {
  await pick(card);
  await press('Continue');
  await fill(values);
  await press('Continue');
}

const submit = async (): Promise<TestRequest> => {
  await press('Add number');
  return http.expectOne({ method: 'POST', url: '/api/phone-numbers' });
};

const answer = async (request: TestRequest, failure: ReturnType<typeof problem>): Promise<void> => {
  request.flush(failure.body, failure.options);
  await settle();
};

const keyOf = ({ request }: TestRequest): string | null => request.headers.get('Idempotency-Key');

const TELNYX = { 'API Key': 'KEY-1', 'Phone number': '+49 30 901820' };

beforeEach(() => {
  // jsdom has no digests; for telling bodies apart the text itself serves as well.
  const subtle = { digest: (_name: string, text: Uint8Array) => Promise.resolve(text.buffer) };
  Object.defineProperty(globalThis.crypto, 'subtle', { value: subtle, configurable: true });
  feed = new Subject<News>();
  TestBed.configureTestingModule({
    providers: [
      provideHttpClient(),
      provideHttpClientTesting(),
      { provide: ChangeFeed, useValue: { news: feed } },
      provideRouter([]),
      { provide: Session, useValue: { features: signal({ vapiNumbers: true }) } },
    ],
  });
  http = TestBed.inject(HttpTestingController);
});

afterEach(() => {
  fixture.nativeElement.remove();
});

describe('Choosing a provider', () => {
  it('is done by situation, with the free test number last and marked', async () => {
    await open();

    expect(all('legend').map(wordsOf)).toEqual([
      'I have an account at a carrier',
      'I have my own SIP trunk or PBX',
      'I want to try it first',
    ]);
    expect(all('label.choice').map(wordsOf)).toEqual([
      'Twilio Import a number from your Twilio account',
      'Vonage Import a number from your Vonage account',
      'Telnyx Import a number from your Telnyx account',
      'BYO SIP Trunk Bring your own SIP trunk number',
      'Vapi For testing only Get a free test number (US only)',
    ]);
  });

  it('does not offer the test number where it is switched off', async () => {
    await open({ vapiNumbers: false });

    expect(text()).not.toContain('test number');
  });

  it('puts reusable credentials first; those of Twilio serve one import only', async () => {
    await open({ saved: [TELNYX_MAIN, TWILIO] });

    expect(all('label.choice').map(wordsOf)[0]).toBe('Use Telnyx main Telnyx, 3 numbers');
    expect(text()).not.toContain('Twilio key');
  });

  it('offers no saved credential that needs attention', async () => {
    await open({ saved: [{ ...TELNYX_MAIN, attention: 'Removing it has failed so far.' }] });

    expect(text()).not.toContain('Telnyx main');
  });

  it('is asked for when nothing is chosen', async () => {
    await open();
    await press('Continue');

    expect(text()).toContain('Choose where the number comes from.');
  });

  it('says what is needed, and where one of several is enough', async () => {
    await open();
    await pick('Twilio');

    expect(all('app-help-panel li').map(wordsOf)).toEqual([
      'Account SID',
      'API Key and API Secret, or Auth Token',
      'Phone number',
    ]);
  });

  it('keeps the number when another provider is chosen afterwards, and never a secret', async () => {
    await open();
    await pick('Vonage');
    await press('Continue');
    await fill({ 'API Secret': 'secret', 'Phone number': '+442079460018' });
    await press('Back');
    await pick('Twilio');
    await press('Continue');

    expect(field('Phone number').value).toBe('+442079460018');
    expect(field('API Secret').value).toBe('');
  });
});

describe('Adding a number', () => {
  it.each<[string, ProviderId, Record<string, string>, object]>([
    [
      'Twilio',
      'twilio',
      { 'Account SID': 'AC1', 'API Key': 'SK1', 'API Secret': 's', 'Phone number': '+1 (415) 555-0100' },
      {
        credential: { accountSid: 'AC1', apiKey: 'SK1', apiSecret: 's' },
        number: '+14155550100',
        smsEnabled: false,
      },
    ],
    [
      'Vonage',
      'vonage',
      { 'API Key': 'k', 'API Secret': 's', 'Phone number': '+442079460018', Name: 'London' },
      { credential: { apiKey: 'k', apiSecret: 's' }, number: '+442079460018', name: 'London' },
    ],
    ['Telnyx', 'telnyx', TELNYX, { credential: { apiKey: 'KEY-1' }, number: '+4930901820' }],
    [
      'BYO SIP Trunk',
      'byo-phone-number',
      { 'Gateway IP or domain': '198.51.100.7', 'SIP URI': 'sip:reception@pbx.example.com' },
      {
        credential: { gateways: [{ ip: '198.51.100.7', port: 5060 }] },
        sipUri: 'sip:reception@pbx.example.com',
      },
    ],
    [
      'BYO SIP Trunk',
      'byo-phone-number',
      { 'Gateway IP or domain': '198.51.100.7', 'Phone number': '+49 30 901820' },
      {
        credential: { gateways: [{ ip: '198.51.100.7', port: 5060 }] },
        number: '+4930901820',
        numberE164CheckEnabled: true,
      },
    ],
    ['Vapi', 'vapi', { 'Area code': '415' }, { areaCode: '415' }],
  ])(
    'of %s sends what was entered, and nothing before the last click',
    async (card, provider, values, body) => {
      await open();
      await goToAgents(card, values);
      http.expectNone('/api/phone-numbers');

      const request = await submit();

      expect(request.request.body).toEqual({ provider, ...body });
      expect(keyOf(request)).toMatch(/^[0-9a-f]{32}$/);
    },
  );

  it.each([
    ['Telnyx', 'Credentials and number', ['Credentials', 'Number']],
    ['Vapi', 'Number', []],
  ])('of %s is asked for as “%s”, by what its provider needs', async (card, heading, parts) => {
    await open();
    await pick(card);
    await press('Continue');

    expect(one('[aria-current=step]', '2').textContent).toContain(heading);
    expect(all('h2[tabindex]').map(wordsOf)).toEqual([heading]);
    expect(all('h3').map(wordsOf)).toEqual(parts);
  });

  it.each(['4711', 'reception'])(
    'on an own trunk takes the extension %s once it is not checked as an international number',
    async (extension) => {
      await open();
      await pick('BYO SIP Trunk');
      await press('Continue');
      await fill({ 'Gateway IP or domain': '198.51.100.7', 'Phone number': extension });
      await press('Continue');
      expect(text()).toContain('For an extension, switch the check of international numbers off.');

      one<HTMLLabelElement>('label', 'Check as an international number').querySelector('input')?.click();
      await press('Continue');
      const request = await submit();

      expect(request.request.body).toMatchObject({ number: extension, numberE164CheckEnabled: false });
    },
  );

  it('over several gateways names each of them in the summary, and sends them all', async () => {
    await open();
    await pick('BYO SIP Trunk');
    await press('Continue');
    await press('Add gateway');
    const [first, second] = all<HTMLInputElement>('input[inputmode=url]');
    enter(first, 'sip.example.com');
    enter(second, '198.51.100.7');
    await fill({ 'Phone number': '+49 30 901820' });
    await press('Continue');

    const summary = wordsOf(page().querySelector('app-import-summary') as Element);
    expect(summary).toContain('Gateway 1 Gateway IP or domain: sip.example.com Port: 5060');
    expect(summary).toContain('Gateway 2 Gateway IP or domain: 198.51.100.7 Port: 5060');
    expect(summary.match(/inbound calls are switched off/g)).toHaveLength(1);
    const { request } = await submit();
    expect(request.body).toMatchObject({
      credential: {
        gateways: [
          { ip: 'sip.example.com', port: 5060 },
          { ip: '198.51.100.7', port: 5060 },
        ],
      },
    });
  });

  it('says nothing of how a phone number is checked where there is a SIP URI', async () => {
    await open();
    await goToAgents('BYO SIP Trunk', {
      'Gateway IP or domain': '198.51.100.7',
      'SIP URI': 'sip:reception@pbx.example.com',
    });

    expect(wordsOf(page().querySelector('app-import-summary') as Element)).not.toContain('international');
  });

  it('says at the end what happened to a number that needs attention, and leads to it', async () => {
    await open();
    await goToAgents('Telnyx', TELNYX);
    const attention = 'Vapi has not finished setting up this number in 15 minutes.';
    (await submit()).flush({ ...added, status: 'needs_attention', attention });
    await settle();

    expect(text()).toContain(attention);
    expect(one<HTMLAnchorElement>('a', 'Settle this number').getAttribute('href')).toBe(
      `/numbers/${added.id}`,
    );
  });

  it('says what will be created and changed before it is', async () => {
    await open();
    await goToAgents('Telnyx', { ...TELNYX, Name: 'Berlin' });
    await pick('Sales');

    const summary = wordsOf(page().querySelector('app-import-summary') as Element);
    expect(summary).toContain('Credential New, saved for more Telnyx numbers');
    expect(summary).toContain('Name Berlin');
    expect(summary).toContain('Agent Sales');
    expect(summary).toContain(
      'Vapi makes a voice connection in the Telnyx account and moves the number to it.',
    );
    expect(summary).not.toContain('KEY-1');
  });

  it('assigns the agent that was searched for, with a fallback number', async () => {
    await open();
    await goToAgents('Telnyx', TELNYX);
    const search = page().querySelector<HTMLInputElement>('[type=search]') as HTMLInputElement;
    search.value = 'sal';
    search.dispatchEvent(new Event('input'));
    await settle();
    expect(all('.agents label').map(wordsOf)).toEqual(['Sales 0 numbers']);

    await pick('Sales');
    await fill({ 'Fallback number': '+1 415 555 0199' });
    const request = await submit();

    expect(request.request.body).toMatchObject({ agentId: idOf(6), fallbackNumber: '+14155550199' });
  });

  it('offers no agent that needs attention', async () => {
    await open({
      agents: [agent(5, 'Front desk'), { ...agent(6, 'Sales'), attention: 'It was interrupted.' }],
    });
    await goToAgents('Telnyx', TELNYX);

    expect(text()).toContain('Front desk');
    expect(text()).not.toContain('Sales');
  });

  it('with a saved credential asks for no secret and registers none', async () => {
    await open({ saved: [TELNYX_MAIN] });
    await goToAgents('Use Telnyx main', { 'Phone number': '+4930901820' });
    const request = await submit();

    expect(request.request.body).toEqual({
      provider: 'telnyx',
      number: '+4930901820',
      credentialId: TELNYX_MAIN.id,
    });
    expect(all('app-import-progress li').map(wordsOf)).toEqual(['Importing the number']);
  });

  it('names the steps while it works and ticks them when the answer is there', async () => {
    await open();
    await goToAgents('Telnyx', TELNYX);
    const request = await submit();
    expect(all('app-import-progress li').map(wordsOf)).toEqual([
      'Registering the Telnyx credential',
      'Importing the number',
    ]);

    request.flush(added);
    await settle();
    expect(text()).toContain('was added');
    expect(text()).toContain('Telnyx credential registered');
    expect(text()).toContain('attach the connection that Vapi made to an Outbound Voice Profile');
  });

  it('asks to call the number once an agent is there to answer, and for an agent before', async () => {
    await open();
    await goToAgents('Telnyx', TELNYX);
    (await submit()).flush(added);
    await settle();
    const assign = [...page().querySelectorAll('a')].find((link) => wordsOf(link) === 'Assign an agent');
    expect(assign?.getAttribute('href')).toBe(`/numbers/${added.id}`);
    expect(text()).not.toContain('Call the number');

    feed.next({ type: 'phone_number', id: added.id });
    http
      .expectOne(`/api/phone-numbers/${added.id}`)
      .flush({ ...added, agent: { id: idOf(5), name: 'Front desk' } });
    await settle();
    expect(text()).toContain('Call the number and hear your agent answer.');
    expect(text()).not.toContain('Assign an agent');
  });

  it('follows the status of the number until it has settled', async () => {
    await open();
    await goToAgents('Telnyx', TELNYX);
    const request = await submit();
    request.flush({ ...added, status: 'activating' });
    await settle();
    expect(text()).toContain('Calls may fail until then');

    feed.next({ type: 'phone_number', id: added.id });
    http.expectOne(`/api/phone-numbers/${added.id}`).flush(added);
    await settle();
    expect(text()).toContain('This number takes calls.');
  });

  it('on an own trunk shows where the carrier must send calls', async () => {
    await open();
    await goToAgents('BYO SIP Trunk', {
      'Gateway IP or domain': '198.51.100.7',
      'Phone number': '+4930901820',
    });
    const request = await submit();
    request.flush({ ...added, provider: 'byo-phone-number', sipAddress: '4930901820@abc.sip.vapi.ai' });
    await settle();

    expect(text()).toContain('4930901820@abc.sip.vapi.ai');
    expect(text()).toContain('44.229.228.186');
    expect(page().querySelector('[aria-label="Copy SIP address"]')).not.toBeNull();
  });

  it('begins anew on "Add another", with empty fields and the credential that was saved meanwhile', async () => {
    await open();
    await goToAgents('Telnyx', TELNYX);
    (await submit()).flush(added);
    await settle();
    await press('Add another');
    http.expectOne(({ url }) => url === '/api/credentials').flush({ items: [TELNYX_MAIN], nextCursor: null });
    await settle();
    expect(text()).toContain('Use Telnyx main');

    await pick('Telnyx');
    await press('Continue');

    expect(field('Phone number').value).toBe('');
  });
});

describe('A number that is refused', () => {
  it('opens the step of the refused field, with the words there and the focus on it', async () => {
    await open();
    await goToAgents('Telnyx', TELNYX);
    const message = 'This number is not in the Telnyx account.';
    await answer(
      await submit(),
      problem(422, 'PROVIDER_REJECTED', 'Refused.', [{ path: 'number', message }]),
    );

    expect(document.activeElement).toBe(field('Phone number'));
    expect(wordsOf(page().querySelector('#field-number-error') as Element)).toBe(message);
    expect(page().querySelector('[role=alert]')).toBeNull();
  });

  it('is corrected at the gateway that was refused, and has lost the password of its trunk', async () => {
    await open();
    await pick('BYO SIP Trunk');
    await press('Continue');
    await press('Add gateway');
    const [first, second] = all<HTMLInputElement>('input[inputmode=url]');
    enter(first, '198.51.100.7');
    enter(second, '203.0.113.99');
    await fill({ 'Auth username': 'acme', 'Auth password': 'secret', 'Phone number': '+49 30 901820' });
    await press('Continue');
    const message = 'Vapi could not set up this gateway.';
    const refused = [{ path: 'credential.gateways.1.ip', message }];
    await answer(await submit(), problem(422, 'PROVIDER_REJECTED', 'Refused.', refused));

    expect(document.activeElement?.id).toBe('field-credential-gateways-1-ip');
    expect(wordsOf(page().querySelector('#field-credential-gateways-1-ip-error') as Element)).toBe(message);
    expect(field('Auth password').value).toBe('');
    expect(all<HTMLInputElement>('input[inputmode=url]').map(({ value }) => value)).toEqual([
      '198.51.100.7',
      '203.0.113.99',
    ]);
  });

  it('has lost its secret, says so next to it, and kept the rest', async () => {
    await open();
    await goToAgents('Telnyx', TELNYX);
    const request = await submit();
    const message = 'Telnyx did not accept this key.';
    await answer(
      request,
      problem(422, 'PROVIDER_REJECTED', 'Refused.', [{ path: 'credential.apiKey', message }]),
    );

    expect(field('API Key').value).toBe('');
    expect(field('Phone number').value).toBe('+4930901820');
    expect(document.activeElement).toBe(field('API Key'));
    expect(text()).toContain(message);
    expect(text()).toContain('Enter it again: secrets are not kept.');
  });

  it('opens the last step for a refused agent step field', async () => {
    await open({ saved: [TELNYX_MAIN] });
    await goToAgents('Use Telnyx main', { 'Phone number': '+4930901820' });
    const refused = [{ path: 'fallbackNumber', message: 'This number cannot be called.' }];
    await fill({ 'Fallback number': '+14155550199' });
    await answer(await submit(), problem(400, 'VALIDATION_FAILED', 'Refused.', refused));

    expect(document.activeElement).toBe(field('Fallback number'));
  });

  it('says so at the agents when the agent is gone', async () => {
    await open({ saved: [TELNYX_MAIN] });
    await goToAgents('Use Telnyx main', { 'Phone number': '+4930901820' });
    await pick('Sales');
    const message = 'There is no such agent in your organisation. Choose another one.';
    await answer(await submit(), problem(404, 'NOT_FOUND', message, [{ path: 'agentId', message }]));

    expect(document.activeElement).toBe(page().querySelector('[role=radiogroup]'));
    expect(text()).toContain(message);

    await pick('Front desk');
    expect(text()).not.toContain(message);
  });

  it('says so at the saved credential when that is gone', async () => {
    await open({ saved: [TELNYX_MAIN] });
    await goToAgents('Use Telnyx main', { 'Phone number': '+4930901820' });
    const message = 'There is no such credential in your organisation. Choose another one.';
    await answer(await submit(), problem(404, 'NOT_FOUND', message, [{ path: 'credentialId', message }]));

    expect(document.activeElement).toBe(page().querySelector('#saved-credential'));
    expect(text()).toContain(message);
  });

  it('does not go without an optional secret only because that was forgotten', async () => {
    await open();
    await goToAgents('BYO SIP Trunk', {
      'Gateway IP or domain': '198.51.100.7',
      'Auth username': 'acme',
      'Auth password': 'secret',
      'Phone number': '+4930901820',
    });
    await answer(await submit(), problem(409, 'CONFLICT', 'You already have this number.'));
    await press('Continue');
    expect(text()).toContain('Enter it again, since secrets are not kept, or continue without it.');

    await press('Continue');
    expect(text()).toContain('What will be created');
  });

  it('without a field is explained with what to do', async () => {
    await open();
    await goToAgents('Telnyx', TELNYX);
    await answer(await submit(), problem(409, 'CONFLICT', 'You already have this number.'));

    const alert = page().querySelector('[role=alert]') as HTMLElement;
    expect(document.activeElement).toBe(alert);
    expect(wordsOf(alert)).toContain('You already have this number.');
    expect(wordsOf(alert)).toContain('enter another number');
  });
});

describe('Trying again', () => {
  const unavailable = problem(503, 'UPSTREAM_UNAVAILABLE', 'The voice platform does not answer.');

  it('sends the same key with the same body', async () => {
    await open({ saved: [TELNYX_MAIN] });
    await goToAgents('Use Telnyx main', { 'Phone number': '+4930901820' });
    const first = await submit();
    await answer(first, unavailable);
    await press('Try again');
    const second = http.expectOne('/api/phone-numbers');

    expect(second.request.body).toEqual(first.request.body);
    expect(keyOf(second)).toBe(keyOf(first));
  });

  it('sends the same key when the same secret is typed again, and another for another secret', async () => {
    await open();
    await goToAgents('Telnyx', TELNYX);
    const first = await submit();
    await answer(first, unavailable);
    await fill({ 'API Key': 'KEY-1' });
    await press('Continue');
    const second = await submit();
    await answer(second, unavailable);
    await fill({ 'API Key': 'KEY-2' });
    await press('Continue');
    const third = await submit();

    expect(keyOf(second)).toBe(keyOf(first));
    expect(keyOf(third)).not.toBe(keyOf(first));
  });

  it('is safe when no answer came', async () => {
    await open({ saved: [TELNYX_MAIN] });
    await goToAgents('Use Telnyx main', { 'Phone number': '+4930901820' });
    const first = await submit();
    first.error(new ProgressEvent('error'));
    await settle();
    expect(text()).toContain('It is not known whether the number was added.');

    await press('Try again');
    expect(keyOf(http.expectOne('/api/phone-numbers'))).toBe(keyOf(first));
  });

  it('keeps the key while the first request still runs', async () => {
    await open({ saved: [TELNYX_MAIN] });
    await goToAgents('Use Telnyx main', { 'Phone number': '+4930901820' });
    const first = await submit();
    const { body, options } = problem(409, 'CONFLICT', 'The first request is still running.');
    first.flush(body, { ...options, headers: { 'Retry-After': '2' } });
    await settle();
    expect(text()).toContain('Wait 2 seconds, then try again.');

    await press('Try again');
    expect(keyOf(http.expectOne('/api/phone-numbers'))).toBe(keyOf(first));
  });

  it('after a refusal is a new attempt, since the old outcome would only be repeated', async () => {
    await open({ saved: [TELNYX_MAIN] });
    await goToAgents('Use Telnyx main', { 'Phone number': '+4930901820' });
    const first = await submit();
    await answer(first, problem(422, 'PROVIDER_REJECTED', 'The number is not in this account.'));
    await press('Try again');

    expect(keyOf(http.expectOne('/api/phone-numbers'))).not.toBe(keyOf(first));
  });
});

describe('Leaving the page', () => {
  const unload = (): boolean => {
    const event = new Event('beforeunload', { cancelable: true });
    window.dispatchEvent(event);
    return event.defaultPrevented;
  };

  it('asks once something was typed, and not before', async () => {
    await open();
    await pick('Telnyx');
    await press('Continue');
    expect(unload()).toBe(false);

    await fill({ 'Phone number': '+49' });
    expect(unload()).toBe(true);
  });

  it('does not ask when the number was added', async () => {
    await open();
    await goToAgents('Telnyx', TELNYX);
    (await submit()).flush(added);
    await settle();

    expect(unload()).toBe(false);
  });
});
