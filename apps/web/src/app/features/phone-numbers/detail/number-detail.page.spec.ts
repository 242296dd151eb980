import { MatButtonHarness } from '@angular/material/button/testing';
import type { PhoneNumberResponse } from '@voxreach/contracts';
import { aNumber, anAgent, aProblem } from '../../../../testing/builders';
import { openPage } from '../../../../testing/open-page';
import { NumberDetailPage } from './number-detail.page';

const ROUTES = [{ path: 'numbers/:id', component: NumberDetailPage }];
const sales = anAgent({ name: 'Sales' });

async function open(number: PhoneNumberResponse) {
  const page = await openPage(ROUTES, `/numbers/${number.id}`);
  const url = `/api/phone-numbers/${number.id}`;
  page.server.expectOne(url).flush(number, { headers: { ETag: '"7"' } });
  await page.drawn();
  page.server
    .expectOne(({ url: path }) => path === '/api/agents')
    .flush({ items: [sales], nextCursor: null });
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

  it('does not call a number answered that has no agent', async () => {
    const { element } = await open(aNumber({ status: 'active', agent: null }));

    expect(element.textContent).toContain('Nobody answers yet: assign an agent.');
  });

  it("names where the carrier must send calls, with the region's addresses to allow", async () => {
    const sipAddress = '+442079460018@0f3c.sip.eu.vapi.ai';
    const { element } = await open(aNumber({ provider: 'byo-phone-number', sipAddress }));

    expect(element.textContent).toContain(sipAddress);
    expect(element.textContent).toContain('63.182.83.170');
    expect(element.textContent).not.toContain('44.229.228.186');
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
