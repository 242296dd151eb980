import { type BrowserContext, expect, type Page, type Request } from '@playwright/test';
import { OPERATOR_SIGNS } from './operator';

/** Where a secret may go, each in the body of one kind of request. */
const MAY_CARRY_SECRETS = [
  '/api/phone-numbers',
  '/api/credentials',
  '/api/auth/login',
  '/api/auth/register',
  '/api/auth/step-up',
  '/api/auth/password',
  '/api/auth/invitations/accept',
];

/** The browser itself writes a line for every answer of 4xx, also for those that are part of the product. */
const isExpectedAnswer = (text: string, url: string): boolean =>
  /^Failed to load resource: the server responded with a status of 4\d\d/.test(text) && url.includes('/api/');

interface Sent {
  method: string;
  url: string;
  headers: Record<string, string>;
  body: string;
}

/** Keeps an eye on all that a browser does during a test, for what must never happen on any page. */
export class Watch {
  private readonly complaints: string[] = [];
  private readonly sent: Promise<Sent>[] = [];
  private readonly received: Promise<string>[] = [];
  private readonly secrets = new Set<string>();
  private mayFailToLoad = false;

  constructor(
    private readonly context: BrowserContext,
    private readonly origin: string,
  ) {
    context.on('console', (message) => {
      const { url } = message.location();
      if (message.type() !== 'error' || isExpectedAnswer(message.text(), url)) return;
      if (this.mayFailToLoad && /Failed to (load resource|fetch dynamically)/.test(message.text())) return;
      this.complaints.push(`${message.text()} (${url})`);
    });
    context.on('weberror', (error) => this.complaints.push(String(error.error())));
    context.on('request', (request) => this.sent.push(contentOf(request)));
    context.on('response', (response) => {
      if (!response.url().includes('/api/')) return;
      // Goes on for as long as the page is open, and carries nothing but ids.
      if (response.url().endsWith('/api/events')) return;
      // There is no text to read of what was under way when the page was left.
      this.received.push(response.text().catch(() => ''));
    });
  }

  async start(): Promise<void> {
    await this.context.addInitScript(() => {
      addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => {
        console.error(`Content security policy: ${violatedDirective} ${blockedURI}`);
      });
    });
  }

  /** Parts of the application that are loaded when they are needed: from now on there is no connection, or none for those whose text has `words`. */
  async loseParts(page: Page, words = ''): Promise<void> {
    this.mayFailToLoad = true;
    await page.route('**/*.js', async (route) => {
      const response = await route.fetch();
      if ((await response.text()).includes(words)) await route.abort();
      else await route.fulfill({ response });
    });
  }

  /** From now on, this text must be found nowhere but in the body of a request that is made for it. */
  keepSecret(secret: string): void {
    this.secrets.add(secret);
  }

  /** The requests that carried it. */
  async carriersOf(secret: string): Promise<string[]> {
    const sent = await Promise.all(this.sent);
    return sent
      .filter(({ body }) => body.includes(secret))
      .map(({ method, url }) => `${method} ${new URL(url).pathname}`);
  }

  /** Everything that has to hold when a test is over. */
  async verify(): Promise<void> {
    expect(this.complaints, 'errors in the console').toEqual([]);
    await this.verifyRequests();
    const received = (await Promise.all(this.received)).join('\n');
    const texts = [received];
    for (const page of this.context.pages()) {
      if (page.url() === 'about:blank') continue;
      const everything = await leftOn(page);
      texts.push(everything);
      for (const secret of this.secrets) {
        expect(everything.includes(secret), `a secret is left on ${page.url()}`).toBe(false);
      }
    }
    const cookies = JSON.stringify(await this.context.cookies());
    for (const secret of this.secrets) {
      expect(received.includes(secret), 'a secret came back').toBe(false);
      expect(cookies.includes(secret), 'a secret is in a cookie').toBe(false);
    }
    for (const sign of OPERATOR_SIGNS) {
      expect(texts.join('\n').includes(sign), `the operator's ${sign} shows`).toBe(false);
    }
  }

  private async verifyRequests(): Promise<void> {
    for (const { method, url, headers, body } of await Promise.all(this.sent)) {
      const { origin, pathname, protocol } = new URL(url);
      if (protocol === 'http:' || protocol === 'https:') {
        expect(origin, `${url} was requested`).toBe(this.origin);
      }
      const mayCarry = method === 'POST' && MAY_CARRY_SECRETS.includes(pathname);
      for (const secret of this.secrets) {
        const carried = `${decodeURIComponent(url)} ${JSON.stringify(headers)} ${mayCarry ? '' : body}`;
        expect(carried.includes(secret), `${method} ${pathname} carried a secret`).toBe(false);
      }
    }
  }
}

async function contentOf(request: Request): Promise<Sent> {
  return {
    method: request.method(),
    url: request.url(),
    headers: await request.allHeaders().catch(() => request.headers()),
    body: request.postData() ?? '',
  };
}

/** All that a script or a person could still find: document, typed values, storage, address and history. */
const leftOn = (page: Page): Promise<string> =>
  page.evaluate(() =>
    JSON.stringify([
      document.documentElement.outerHTML,
      [...document.querySelectorAll('input, textarea, select')].map(
        (field) => (field as HTMLInputElement).value,
      ),
      { ...localStorage },
      { ...sessionStorage },
      location.href,
      history.state,
      window.name,
      document.cookie,
    ]),
  );
