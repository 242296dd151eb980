import { TestBed } from '@angular/core/testing';
import { MatButtonHarness } from '@angular/material/button/testing';
import { MatDialogHarness } from '@angular/material/dialog/testing';
import { MatSnackBarHarness } from '@angular/material/snack-bar/testing';
import type { AuditEntryResponse, PhoneNumberResponse } from '@voxreach/contracts';
import { aNumber, anAgent, anEntry, aProblem } from '../../../../testing/builders';
import { openPage } from '../../../../testing/open-page';
import { NumberDetailPage } from './number-detail.page';

const ROUTES = [{ path: 'numbers/:id', component: NumberDetailPage }];
const sales = anAgent({ name: 'Sales' });
const unsettled = anAgent({ name: 'Old one', attention: 'Removing this agent has failed so far.' });

async function open(number: PhoneNumberResponse, entries: AuditEntryResponse[] = []) {
  const page = await openPage(ROUTES, `/numbers/${number.id}`);
  const url = `/api/phone-numbers/${number.id}`;
  page.server.expectOne(url).flush(number, { headers: { ETag: '"7"' } });
  await page.drawn();
  page.server
    .expectOne(({ url: path }) => path === '/api/agents')
    .flush({ items: [sales, unsettled], nextCursor: null });
  const history = page.server.expectOne(({ url: path }) => path === `${url}/history`);
  history.flush({ items: entries, nextCursor: null });
  await page.drawn();
  const fallback = page.element.querySelector('input[type=tel]') as HTMLInputElement;
  const saveFallback = async (value: string) => {
    fallback.value = value;
    fallback.dispatchEvent(new Event('input'));
    await page.drawn();
    await (await page.loader.getHarness(MatButtonHarness.with({ text: 'Save' }))).click();
  };
  return { ...page, url, fallback, saveFallback };
}

describe("A number's page", () => {
  it('says what the status means for calls', async () => {
    const { element } = await open(aNumber({ status: 'blocked' }));

    expect(element.textContent).toContain('Vapi has blocked this number, so calls are not answered.');
  });

  it('closes with a word when the number is removed elsewhere', async () => {
    const number = aNumber({ number: '+14155550100' });
    const { feed, server, url, router, drawn, loader } = await open(number);
    feed.next({ type: 'phone_number', id: number.id });
    const { body, options } = aProblem(404, 'NOT_FOUND', 'There is no such phone number.');
    server.expectOne(url).flush(body, options);
    await drawn();

    expect(router.url).toBe('/numbers');
    const message = await (await loader.getHarness(MatSnackBarHarness)).getMessage();
    expect(message).toMatch(/was removed in the meantime\.$/);
  });

  it('tells its history', async () => {
    const { element } = await open(aNumber(), [anEntry({ action: 'phone_number.import' })]);

    const history = element.querySelector('app-number-history');
    expect(history?.textContent).toContain('Added a phone number');
    expect(history?.textContent).toContain('Dana Whitfield');
  });

  it('does not call a number answered that has no agent', async () => {
    const { element } = await open(aNumber({ status: 'active', agent: null }));

    expect(element.textContent).toContain('Nobody answers yet: assign an agent.');
  });

  it('has a call tried only once somebody takes it', async () => {
    const trial = 'Call the number and hear your agent answer.';
    const steps = async (number: Partial<PhoneNumberResponse>) => {
      const { element } = await open(aNumber({ provider: 'twilio', ...number }));
      const text = element.querySelector('.steps')?.textContent;
      TestBed.resetTestingModule();
      return text;
    };

    expect(await steps({ status: 'active', agent: sales })).toContain(trial);
    expect(await steps({ status: 'active', agent: null })).not.toContain(trial);
    expect(await steps({ status: 'needs_attention', agent: sales })).not.toContain(trial);
  });

  it("names where the carrier must send calls, with the region's addresses to allow", async () => {
    const sipAddress = '+442079460018@0f3c.sip.eu.vapi.ai';
    const { element } = await open(aNumber({ provider: 'byo-phone-number', sipAddress }));

    expect(element.textContent).toContain(sipAddress);
    expect(element.textContent).toContain('63.182.83.170');
    expect(element.textContent).not.toContain('44.229.228.186');
  });

  it('speaks of a credential only where the provider asks for one', async () => {
    const facts = async (number: Partial<PhoneNumberResponse>) => {
      const { element } = await open(aNumber({ credential: null, ...number }));
      const text = element.querySelector('app-number-facts')?.textContent;
      TestBed.resetTestingModule();
      return text;
    };

    expect(await facts({ provider: 'twilio' })).toContain('Entered at import, not saved');
    expect(await facts({ provider: 'vapi' })).not.toContain('Credential');
  });

  it('changes exactly the version that was read', async () => {
    const number = aNumber();
    const { element, server, url } = await open(number);
    const select = element.querySelector('select') as HTMLSelectElement;
    select.value = sales.id;
    select.dispatchEvent(new Event('change'));
    const change = server.expectOne(url);

    expect(change.request.headers.get('If-Match')).toBe('"7"');
    expect(change.request.body).toEqual({ agentId: sales.id });
    expect(select.value).toBe('');
  });

  it('offers no agent that needs attention, except to show that it answers', async () => {
    const choices = async (number: PhoneNumberResponse) => {
      const { element } = await open(number);
      const select = element.querySelector('select') as HTMLSelectElement;
      return { words: [...select.options].map(({ text }) => text), chosen: select.value };
    };

    expect((await choices(aNumber())).words).toEqual(['Unassigned', 'Sales']);
    TestBed.resetTestingModule();
    const agent = { id: unsettled.id, name: unsettled.name };
    expect(await choices(aNumber({ agent }))).toEqual({
      words: ['Unassigned', 'Old one', 'Sales'],
      chosen: unsettled.id,
    });
  });

  it('shows the number as it is now when it was changed elsewhere meanwhile', async () => {
    const number = aNumber({ name: 'Old name' });
    const { element, server, url, saveFallback, drawn } = await open(number);
    await saveFallback('+14155550199');
    const { body, options } = aProblem(412, 'PRECONDITION_FAILED', 'The number has changed meanwhile.');
    server.expectOne({ method: 'PATCH', url }).flush(body, options);
    await drawn();
    server.expectOne({ method: 'GET', url }).flush({ ...number, name: 'New name' });
    await drawn();

    expect(element.textContent).toContain('New name');
  });

  it('takes a fallback number as it was copied, and refuses what is none', async () => {
    const { element, server, url, saveFallback, fallback, drawn } = await open(aNumber());
    await saveFallback('12');
    await drawn();
    server.expectNone({ method: 'PATCH', url });
    expect(element.textContent).toContain('Enter the number in international format');
    expect(document.activeElement).toBe(fallback);

    await saveFallback('+1 (415) 555-0199');
    expect(server.expectOne({ method: 'PATCH', url }).request.body).toEqual({
      fallbackNumber: '+14155550199',
    });
  });

  it('clears the fallback number when the field is emptied', async () => {
    const { server, url, saveFallback } = await open(aNumber({ fallbackNumber: '+14155550199' }));
    await saveFallback('');

    expect(server.expectOne({ method: 'PATCH', url }).request.body).toEqual({ fallbackNumber: null });
  });
});

describe('A number that needs attention', () => {
  const attention = 'A change of this number was interrupted. Try again, or remove it.';

  async function openUnsettled(given: Partial<PhoneNumberResponse> = {}) {
    const number = aNumber({ status: 'needs_attention', attention, ...given });
    const page = await open(number);
    const press = async (text: string) =>
      (await page.loader.getHarness(MatButtonHarness.with({ text }))).click();
    const retry = async () => {
      await press('Try again');
      return page.server.expectOne({ method: 'POST', url: `${page.url}/retry` });
    };
    const message = async () => (await page.loader.getHarness(MatSnackBarHarness)).getMessage();
    return { ...page, number, press, retry, message };
  }

  it('says what happened and as of when, and offers the two ways out', async () => {
    const { element, loader, number } = await openUnsettled();

    const notice = element.querySelector('app-attention-notice') as HTMLElement;
    expect(notice.textContent).toContain(attention);
    expect(notice.querySelector('time')?.getAttribute('datetime')).toBe(number.updatedAt);
    const buttons = await loader.getAllHarnesses(MatButtonHarness.with({ text: /Try again|Remove number/ }));
    expect(await Promise.all(buttons.map((button) => button.getText()))).toEqual([
      'Try again',
      'Remove number',
    ]);
  });

  it('cannot be changed, and says why', async () => {
    const { element } = await openUnsettled();

    const controls = [...element.querySelectorAll<HTMLInputElement>('select, input, [aria-label^=Rename]')];
    expect(controls.map(({ disabled }) => disabled)).toEqual([true, true, true]);
    expect(element.querySelector('app-number-routing')?.textContent).toContain(
      'This number can be changed once it is settled.',
    );
  });

  it('says that it is being tried while it is', async () => {
    const { element, retry } = await openUnsettled();
    const request = await retry();

    expect(request.request.body).toBeNull();
    expect(element.querySelector('[role=status]')?.textContent).toContain('This can take half a minute.');
    expect(element.textContent).toContain('Trying again…');
  });

  it('is as any other once it is settled', async () => {
    const { element, number, retry, drawn, fallback } = await openUnsettled();
    const { attention: _settled, ...settled } = number;
    (await retry()).flush({ ...settled, status: 'activating' });
    await drawn();

    expect(element.querySelector('app-attention-notice')).toBeNull();
    expect(element.textContent).toContain('Vapi is setting this number up');
    expect(fallback.disabled).toBe(false);
    expect(document.activeElement).toBe(element.querySelector('h1'));
  });

  it('leads back to the list when settling it was its end', async () => {
    const { retry, drawn, message, router } = await openUnsettled();
    (await retry()).flush(null, { status: 204, statusText: 'No Content' });
    await drawn();

    expect(router.url).toBe('/numbers');
    expect(await message()).toContain('was cleaned up');
  });

  it('leads back to the list when it was cleaned up in the meantime', async () => {
    const { retry, drawn, router } = await openUnsettled();
    const { body, options } = aProblem(404, 'NOT_FOUND', 'There is no such phone number.');
    (await retry()).flush(body, options);
    await drawn();

    expect(router.url).toBe('/numbers');
  });

  it('stays and says what to do when it cannot be settled now, and can be tried once more', async () => {
    const { element, retry, drawn } = await openUnsettled();
    const { body, options } = aProblem(503, 'UPSTREAM_UNAVAILABLE', 'The voice platform cannot be reached.');
    (await retry()).flush(body, options);
    await drawn();

    const alert = element.querySelector('[role=alert]');
    expect(alert?.textContent).toContain('The voice platform cannot be reached.');
    expect(alert?.textContent).toContain('keeps trying by itself');
    expect(alert?.textContent).toContain('tell support the reference request');

    await retry();
    expect(alert?.textContent).toBe('');
  });

  it('is shown as it is now when it was settled in the meantime', async () => {
    const { element, number, retry, drawn, server, url } = await openUnsettled();
    const { body, options } = aProblem(409, 'CONFLICT', 'This number needs no attention.');
    (await retry()).flush(body, options);
    await drawn();
    server.expectOne({ method: 'GET', url }).flush({ ...number, attention: undefined, status: 'active' });
    await drawn();

    expect(element.querySelector('app-attention-notice')).toBeNull();
    expect(element.textContent).toContain('This number takes calls.');
  });

  it('is removed as any other number', async () => {
    const { loader, press, server, url, drawn, router } = await openUnsettled();
    await press('Remove number');
    const dialog = await loader.getHarness(MatDialogHarness);
    await (await dialog.getHarness(MatButtonHarness.with({ text: 'Remove number' }))).click();
    server.expectOne({ method: 'DELETE', url }).flush(null, { status: 204, statusText: 'No Content' });
    await drawn();

    expect(router.url).toBe('/numbers');
  });
});
