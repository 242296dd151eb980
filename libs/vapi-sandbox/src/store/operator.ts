import type { State } from './stored.types';

/** The one Vapi organisation of the sandbox. */
export const OPERATOR_ORG_ID = '0f0e0d0c-0b0a-4908-8706-050403020100';

export const OPERATOR_NUMBER = '+14155550999';

export const OPERATOR_IDS = {
  phoneNumberId: '0f0e0d0c-0b0a-4908-8706-050403020101',
  credentialId: '0f0e0d0c-0b0a-4908-8706-050403020102',
  assistantId: '0f0e0d0c-0b0a-4908-8706-050403020103',
};

const CREATED = {
  orgId: OPERATOR_ORG_ID,
  createdAt: '2026-01-05T09:00:00.000Z',
  updatedAt: '2026-01-05T09:00:00.000Z',
};

/**
 * What the operator keeps in the account beside the clients' objects: the initial state. The number carries
 * Twilio secrets, so that a client who got to see it would see those too; it is no free number, so that it takes
 * nothing from the limit.
 */
export function operatorState(): State {
  return {
    phoneNumbers: [
      {
        ...CREATED,
        id: OPERATOR_IDS.phoneNumberId,
        provider: 'twilio',
        status: 'active',
        name: 'Operator hotline',
        number: OPERATOR_NUMBER,
        assistantId: OPERATOR_IDS.assistantId,
        twilioAccountSid: 'AC00000000000000000000000000000000',
        twilioAuthToken: 'operator-twilio-auth-token',
      },
    ],
    credentials: [
      {
        ...CREATED,
        id: OPERATOR_IDS.credentialId,
        provider: 'vonage',
        name: 'Operator carrier',
        apiKey: 'operator-vonage-key',
        apiSecret: 'operator-vonage-secret',
        vonageApplicationId: '0f0e0d0c-0b0a-4908-8706-050403020104',
      },
    ],
    assistants: [
      {
        ...CREATED,
        id: OPERATOR_IDS.assistantId,
        name: 'Operator receptionist',
        firstMessage: 'Operator hotline, how can I help?',
      },
    ],
  };
}
