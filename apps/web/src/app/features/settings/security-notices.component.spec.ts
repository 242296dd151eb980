import type { SecurityNoticeResponse } from '@voxreach/contracts';
import { aMe, aProblem } from '../../../testing/builders';
import { openPage } from '../../../testing/open-page';
import { SecurityNoticesComponent } from './security-notices.component';

const ROUTES = [{ path: 'notices', component: SecurityNoticesComponent }];
const URL = '/api/auth/security-notices';

const aNotice = (given: Partial<SecurityNoticeResponse> = {}): SecurityNoticeResponse => ({
  id: crypto.randomUUID(),
  kind: 'new_address',
  address: '198.51.100.7',
  userAgent: 'Mozilla/5.0 (Windows NT 10.0) Gecko/20100101 Firefox/132.0',
  isNew: false,
  createdAt: '2026-01-05T10:00:00.000Z',
  ...given,
});

async function open(...notices: SecurityNoticeResponse[]) {
  const page = await openPage(ROUTES, '/notices', { newSecurityNotices: 1 });
  await page.drawn();
  page.server.expectOne(URL).flush({ items: notices });
  await page.drawn();
  return page;
}

describe('What happened to an account', () => {
  it('is told in words, with where it came from', async () => {
    const { element, server } = await open(
      aNotice(),
      aNotice({ kind: 'password_reset', address: null, userAgent: null }),
    );
    const rows = [...element.querySelectorAll('tbody tr')].map(({ textContent }) => textContent);
    expect(rows).toEqual([
      expect.stringMatching(/from a new IP address.*Firefox on Windows.*198\.51\.100\.7/s),
      expect.stringContaining('The operator gave the account a new password'),
    ]);
    server.expectNone(`${URL}/seen`);
  });

  it('says what may be behind it and what to do, where the words alone do not', async () => {
    const { element } = await open(aNotice({ kind: 'code_reused' }), aNotice({ kind: 'recovery_code_used' }));
    const [reused, used] = element.querySelectorAll('tbody tr');

    expect(reused?.textContent).toContain('somebody may have seen it and may know your password');
    expect(reused?.querySelector('.meaning')?.textContent).toMatch(/change your password\.$/);
    expect(used?.querySelector('.meaning')).toBeNull();
  });

  it('is no news any more once it was shown', async () => {
    const { element, server, drawn } = await open(
      aNotice({ isNew: true, createdAt: '2026-01-07T10:00:00.000Z' }),
      aNotice({ isNew: true }),
    );
    expect(element.querySelectorAll('tbody strong')).toHaveLength(2);
    const seen = server.expectOne(`${URL}/seen`);
    expect(seen.request.body).toEqual({ until: '2026-01-07T10:00:00.000Z' });
    seen.flush(null, { status: 204, statusText: 'No Content' });
    await drawn();
    server.expectOne('/api/auth/me').flush(aMe());
  });

  it('says when it cannot be read', async () => {
    const page = await openPage(ROUTES, '/notices');
    await page.drawn();
    const { body, options } = aProblem(503, 'UPSTREAM_UNAVAILABLE', 'Not available.');
    page.server.expectOne(URL).flush(body, options);
    await page.drawn();
    expect(page.element.querySelector('[role=alert]')?.textContent).toContain('Not available.');
  });
});
