import { type APIRequestContext, type APIResponse, expect } from '@playwright/test';
import { codeOf } from './authenticator';
import { CARRIER_LOGINS } from './carrier-logins';

interface Named {
  id: string;
  name: string;
}

export interface PhoneNumber extends Named {
  number: string | null;
  sipUri: string | null;
  status: string;
  agent: Named | null;
  credential: Named | null;
}

export type Agent = Named;

export type Credential = Named;

export type Role = 'owner' | 'admin' | 'member' | 'viewer';

export interface SecondFactor {
  secret: string;
  recoveryCodes: string[];
}

interface NewAgent {
  name: string;
  firstMessage?: string;
  systemPrompt?: string;
}

type CarrierLogins = typeof CARRIER_LOGINS;

/** What a test prepares or looks up without the browser, as its own organisation. */
export class Api {
  constructor(
    private readonly request: APIRequestContext,
    private readonly accessToken: string,
  ) {}

  addAgent(agent: NewAgent): Promise<Agent> {
    return this.post('/api/agents', agent);
  }

  addCredential(provider: keyof CarrierLogins, name: string): Promise<Credential> {
    return this.post('/api/credentials', { provider, name, credential: CARRIER_LOGINS[provider] });
  }

  /** A Twilio number unless `provider` says otherwise, with its credentials inline unless `credentialId` is given. */
  addNumber(body: { number?: string; provider?: string; [field: string]: unknown }): Promise<PhoneNumber> {
    const { provider = 'twilio', ...rest } = body;
    const kind = provider === 'byo-phone-number' ? 'byo-sip-trunk' : (provider as keyof CarrierLogins);
    const isComplete = 'credentialId' in rest || 'credential' in rest || provider === 'vapi';
    const credential = isComplete ? {} : { credential: CARRIER_LOGINS[kind] };
    return this.post('/api/phone-numbers', { provider, ...credential, ...rest });
  }

  /** The link to give to the person. */
  async invite(email: string, role: Role): Promise<string> {
    return (await this.post<{ link: string }>('/api/invitations', { email, role })).link;
  }

  /** The key itself. */
  async addApiKey(name: string, scopes: string[]): Promise<string> {
    return (await this.post<{ key: string }>('/api/api-keys', { name, scopes })).key;
  }

  /** Begins a second factor and confirms it. With what signs in from then on. */
  async setUpSecondFactor(): Promise<SecondFactor> {
    const { secret } = await this.post<{ secret: string }>('/api/auth/second-factor', {});
    const { recoveryCodes } = await this.post<{ recoveryCodes: string[] }>(
      '/api/auth/second-factor/confirm',
      {
        code: codeOf(secret),
      },
    );
    return { secret, recoveryCodes };
  }

  async numbers(): Promise<PhoneNumber[]> {
    return (await this.get<{ items: PhoneNumber[] }>('/api/phone-numbers?limit=100')).items;
  }

  async agents(): Promise<Agent[]> {
    return (await this.get<{ items: Agent[] }>('/api/agents?limit=100')).items;
  }

  async credentials(): Promise<Credential[]> {
    return (await this.get<{ items: Credential[] }>('/api/credentials?limit=100')).items;
  }

  async untilActive(id: string): Promise<void> {
    await expect
      .poll(async () => (await this.get<PhoneNumber>(`/api/phone-numbers/${id}`)).status, { timeout: 30_000 })
      .toBe('active');
  }

  private async get<T>(path: string): Promise<T> {
    return this.read<T>(await this.request.get(path, this.options()));
  }

  private async post<T>(path: string, data: object): Promise<T> {
    return this.read<T>(await this.request.post(path, { ...this.options(), data }));
  }

  private async read<T>(answer: APIResponse): Promise<T> {
    expect(answer.ok(), `${answer.url()} answered ${answer.status()}: ${await answer.text()}`).toBe(true);
    return (await answer.json()) as T;
  }

  private options() {
    return { headers: { Authorization: `Bearer ${this.accessToken}` } };
  }
}
