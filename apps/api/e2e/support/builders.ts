import { randomInt } from 'node:crypto';
import type {
  AgentResponse,
  CredentialProviderId,
  CredentialResponse,
  PhoneNumberResponse,
  ProviderId,
} from '@voxreach/contracts';
import { bodyOf, type Organization } from './api';

type Fields = Record<string, unknown>;

let numbers = 0;

/** An E.164 number that no other test of this file has; the sandbox's carriers know it. */
export const freshNumber = (): string => `+1202555${1000 + numbers++}`;

/** A SIP address that no other test of this file has. */
export const freshSipUri = (): string => `sip:desk${1000 + numbers++}@pbx.example.com`;

/** Credentials that the sandbox's carriers take, as they stand in a request. */
export const CREDENTIALS: Record<CredentialProviderId, Fields> = {
  twilio: { accountSid: 'AC0123456789abcdef0123456789abcdef', authToken: 'twilio-token' },
  vonage: { apiKey: 'vonage-key', apiSecret: 'vonage-secret' },
  telnyx: { apiKey: 'telnyx-key' },
  'byo-sip-trunk': { gateways: [{ ip: '198.51.100.7' }] },
};

/** The kind of saved credential that a provider's numbers refer to. */
export const CREDENTIAL_PROVIDER: Record<'vonage' | 'telnyx' | 'byo-phone-number', CredentialProviderId> = {
  vonage: 'vonage',
  telnyx: 'telnyx',
  'byo-phone-number': 'byo-sip-trunk',
};

/** Bodies that import a number, with inline credentials; `fields` replaces or adds. */
export const IMPORTS: Record<ProviderId, (fields?: Fields) => Fields> = {
  twilio: (fields) => ({
    provider: 'twilio',
    number: freshNumber(),
    credential: CREDENTIALS.twilio,
    ...fields,
  }),
  vonage: (fields) => ({
    provider: 'vonage',
    number: freshNumber(),
    credential: CREDENTIALS.vonage,
    ...fields,
  }),
  telnyx: (fields) => ({
    provider: 'telnyx',
    number: freshNumber(),
    credential: CREDENTIALS.telnyx,
    ...fields,
  }),
  'byo-phone-number': (fields) => ({
    provider: 'byo-phone-number',
    number: freshNumber(),
    credential: CREDENTIALS['byo-sip-trunk'],
    ...fields,
  }),
  vapi: (fields) => ({ provider: 'vapi', ...fields }),
};

/** Imports a number and gives it back; throws when it is refused. */
export async function importNumber(
  organization: Organization,
  body: Fields = IMPORTS.twilio(),
): Promise<PhoneNumberResponse> {
  return bodyOf(await organization.post<PhoneNumberResponse>('/api/phone-numbers', body));
}

export async function createAgent(organization: Organization, fields: Fields = {}): Promise<AgentResponse> {
  return bodyOf(await organization.post<AgentResponse>('/api/agents', { name: 'Front desk', ...fields }));
}

export async function saveCredential(
  organization: Organization,
  provider: CredentialProviderId,
  fields: Fields = {},
): Promise<CredentialResponse> {
  const body = { provider, credential: CREDENTIALS[provider], ...fields };
  return bodyOf(await organization.post<CredentialResponse>('/api/credentials', body));
}

/** A UUID that names nothing. */
export const randomId = (): string =>
  `00000000-0000-4000-8000-${randomInt(2 ** 47)
    .toString(16)
    .padStart(12, '0')}`;
