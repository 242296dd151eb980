import type { Page, Route } from '@playwright/test';
import type { Phone } from './phones';

const idOf = (index: number): string => `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`;

const phoneOf = (index: number): Phone => {
  const line = String(4440000 + index);
  return { e164: `+1212${line}`, shown: `+1 212-${line.slice(0, 3)}-${line.slice(3)}` };
};

/** Not all alike: some are over a trunk, have an agent, a long name, or need attention. */
const numberAt = (index: number) => {
  const kind = index % 10;
  return {
    id: idOf(index),
    provider: kind === 6 ? 'byo-phone-number' : 'twilio',
    number: kind === 6 ? null : phoneOf(index).e164,
    sipUri: kind === 6 ? `sip:the-reception-of-building-${index}@pbx.berlin.example.com` : null,
    name: kind === 4 ? `Line ${index} of the customer service in the second building` : `Line ${index}`,
    status: kind === 8 ? 'needs_attention' : 'active',
    agent: kind === 5 ? { id: idOf(0), name: 'Front desk' } : null,
    credential: null,
    fallbackNumber: null,
    createdAt: '2026-01-05T10:00:00.000Z',
    updatedAt: '2026-01-05T10:00:00.000Z',
  };
};

/** More numbers than a test could add, in the place of the API's list. Its pages are those of the API: a limit and a cursor. */
export class LongList {
  /** The cursors that were asked for, the first page without one. */
  readonly asked: (string | null)[] = [];
  private isFailing = false;

  private constructor(private readonly count: number) {}

  static async answer(page: Page, count: number): Promise<LongList> {
    const list = new LongList(count);
    await page.route(/\/api\/phone-numbers\?/, (route) => list.page(route));
    await page.route(/\/api\/phone-numbers\/00000000-[0-9a-f-]+$/, (route) => {
      const { pathname } = new URL(route.request().url());
      return route.fulfill({ json: numberAt(Number(pathname.slice(-12))) });
    });
    return list;
  }

  /** How the number at this place of the list is shown; the first is at 0. Those at 6, 16, 26 and so on have none. */
  shown(index: number): string {
    return phoneOf(index).shown;
  }

  fail(isFailing: boolean): void {
    this.isFailing = isFailing;
  }

  private page(route: Route): Promise<void> {
    const query = new URL(route.request().url()).searchParams;
    const [from, limit] = [Number(query.get('cursor') ?? 0), Number(query.get('limit') ?? 25)];
    this.asked.push(query.get('cursor'));
    if (this.isFailing) {
      return route.fulfill({
        status: 429,
        contentType: 'application/problem+json',
        body: JSON.stringify({ code: 'RATE_LIMITED', detail: 'Too many requests. Wait a moment.' }),
      });
    }
    const to = Math.min(from + limit, this.count);
    const items = Array.from({ length: to - from }, (_, place) => numberAt(from + place));
    return route.fulfill({ json: { items, nextCursor: to < this.count ? String(to) : null } });
  }
}
