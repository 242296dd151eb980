import type {
  AgentResponse,
  AuditEntryResponse,
  CredentialResponse,
  MeResponse,
  PhoneNumberResponse,
  Role,
  SessionResponse,
} from '@voxreach/contracts';

const TIME = '2026-01-05T10:00:00.000Z';

export const aNumber = (given: Partial<PhoneNumberResponse> = {}): PhoneNumberResponse => ({
  id: crypto.randomUUID(),
  provider: 'twilio',
  number: '+14155550100',
  sipUri: null,
  name: 'Main line',
  status: 'active',
  agent: null,
  credential: null,
  fallbackNumber: null,
  createdAt: TIME,
  updatedAt: TIME,
  ...given,
});

export const anAgent = (given: Partial<AgentResponse> = {}): AgentResponse => ({
  id: crypto.randomUUID(),
  name: 'Front desk',
  phoneNumberCount: 0,
  attention: null,
  createdAt: TIME,
  updatedAt: TIME,
  ...given,
});

export const aCredential = (given: Partial<CredentialResponse> = {}): CredentialResponse => ({
  id: crypto.randomUUID(),
  provider: 'telnyx',
  name: 'Telnyx main',
  phoneNumberCount: 0,
  attention: null,
  createdAt: TIME,
  updatedAt: TIME,
  ...given,
});

export const anEntry = (given: Partial<AuditEntryResponse> = {}): AuditEntryResponse => ({
  id: crypto.randomUUID(),
  action: 'phone_number.update',
  outcome: 'succeeded',
  actor: { type: 'user', id: crypto.randomUUID(), name: 'Dana Whitfield' },
  target: { type: 'phone_number', id: crypto.randomUUID(), name: 'Main line' },
  before: null,
  after: null,
  reason: null,
  address: '198.51.100.7',
  userAgent: 'Firefox',
  requestId: 'request',
  createdAt: TIME,
  ...given,
});

export const aSession = (accessToken: string, role: Role = 'owner'): SessionResponse => ({
  accessToken,
  expiresIn: 900,
  user: { id: 'user', name: 'Dana Whitfield', email: 'dana@acme.example' },
  organization: { id: 'organization', name: 'Acme Industries', role },
});

export const aMe = (given: Partial<MeResponse> = {}): MeResponse => {
  const { user, organization } = aSession('');
  return {
    user,
    organization,
    organizations: [given.organization ?? organization],
    features: { vapiNumbers: true },
    hasSecondFactor: false,
    needsSecondFactor: false,
    newSecurityNotices: 0,
    ...given,
  };
};

export const aProblem = (status: number, code: string, detail: string, more: object = {}) => ({
  body: { type: 'about:blank', title: code, status, detail, code, requestId: 'request', ...more },
  options: { status, statusText: code },
});
