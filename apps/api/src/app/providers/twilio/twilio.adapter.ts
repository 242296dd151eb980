import type { ProviderAdapter } from '../adapter';

const CREDENTIALS_MESSAGE =
  'Twilio did not accept these credentials. They may belong to another account, or have been withdrawn. Create a new Standard API key in the account of this Account SID and try again.';

/** One step: the number carries its credentials, since a Twilio number of Vapi's cannot refer to a saved one. */
export const twilioAdapter: ProviderAdapter<'twilio'> = {
  toCredential: ({ accountSid, authToken, apiKey, apiSecret }, name) => ({
    provider: 'twilio',
    name,
    accountSid,
    authToken,
    apiKey,
    apiSecret,
  }),

  toPhoneNumber: ({ number, smsEnabled, credential: { accountSid, authToken, apiKey, apiSecret } }) => ({
    provider: 'twilio',
    number,
    twilioAccountSid: accountSid,
    twilioAuthToken: authToken,
    twilioApiKey: apiKey,
    twilioApiSecret: apiSecret,
    // Left out, Vapi would take over the messaging webhook as well.
    smsEnabled: smsEnabled ?? false,
  }),

  fieldPaths: {
    number: 'number',
    twilioAccountSid: 'credential.accountSid',
    twilioAuthToken: 'credential.authToken',
    twilioApiKey: 'credential.apiKey',
    twilioApiSecret: 'credential.apiSecret',
    accountSid: 'credential.accountSid',
    authToken: 'credential.authToken',
    apiKey: 'credential.apiKey',
    apiSecret: 'credential.apiSecret',
    smsEnabled: 'smsEnabled',
  },

  knownRefusals: [
    {
      pattern: /number not found on twilio/i,
      path: 'number',
      message:
        'This number is not in the Twilio account of this Account SID. Check the number and the account, or buy the number there first.',
    },
    {
      pattern: /authenticat|\bcredentials?\b|auth token|api key|account sid/i,
      path: 'credential.accountSid',
      message: CREDENTIALS_MESSAGE,
    },
  ],
};
