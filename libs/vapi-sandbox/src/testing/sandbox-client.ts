import { startVapiSandbox, type VapiSandbox, type VapiSandboxOptions } from '../index';

export const API_KEY = 'test-private-key';

/** An object that the sandbox answered with, or its refusal. */
export interface Body {
  id: string;
  message: string | string[];
  [field: string]: unknown;
}

export interface Reply {
  status: number;
  body: Body;
}

/** Speaks to a sandbox over HTTP, as the holder of its key. */
export class SandboxClient {
  private count = 0;

  constructor(readonly sandbox: VapiSandbox) {}

  async send(
    method: string,
    path: string,
    body?: unknown,
    authorization = `Bearer ${API_KEY}`,
  ): Promise<Reply> {
    const response = await fetch(this.sandbox.url + path, {
      method,
      headers: { authorization, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    return { status: response.status, body: (await response.json()) as Body };
  }

  async list(path: string): Promise<Body[]> {
    const { status, body } = await this.send('GET', path);
    if (status !== 200) throw new Error(`${path} answered ${status}`);
    return body as unknown as Body[];
  }

  /** Creates what the test needs to stand; throws when it is refused. */
  async make(path: string, body: unknown): Promise<Body> {
    const reply = await this.send('POST', path, body);
    if (reply.status !== 201)
      throw new Error(`${path} answered ${reply.status}: ${String(reply.body.message)}`);
    return reply.body;
  }

  /** A number that no other test has. */
  freshNumber(): string {
    return `+1202555${String(1000 + this.count++)}`;
  }

  twilio(fields: object = {}): object {
    return {
      provider: 'twilio',
      number: this.freshNumber(),
      twilioAccountSid: 'AC0123456789abcdef0123456789abcdef',
      twilioAuthToken: 'twilio-token',
      ...fields,
    };
  }

  vonageCredential(fields: object = {}): Promise<Body> {
    return this.make('/credential', { provider: 'vonage', apiKey: 'key', apiSecret: 'secret', ...fields });
  }

  telnyxCredential(): Promise<Body> {
    return this.make('/credential', { provider: 'telnyx', apiKey: 'key' });
  }

  trunk(fields: object = {}): Promise<Body> {
    return this.make('/credential', {
      provider: 'byo-sip-trunk',
      gateways: [{ ip: '198.51.100.7' }],
      ...fields,
    });
  }

  webhookCredential(plan: object = {}): Promise<Body> {
    return this.make('/credential', {
      provider: 'webhook',
      authenticationPlan: { type: 'bearer', token: 'webhook-token', ...plan },
    });
  }
}

/** A sandbox of its own for a test file, started before its tests and reset before each. */
export function sandboxForTests(options: Partial<VapiSandboxOptions> = {}): () => SandboxClient {
  let client: SandboxClient;
  beforeAll(async () => {
    client = new SandboxClient(await startVapiSandbox({ apiKey: API_KEY, activationMs: 0, ...options }));
  });
  beforeEach(() => client.sandbox.reset());
  afterAll(() => client.sandbox.close());
  return () => client;
}
