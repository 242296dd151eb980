import { required, type ProviderAdapter } from '../adapter';

/** Two steps: a credential, then the number that refers to it. */
export const vonageAdapter: ProviderAdapter<'vonage'> = {
  toCredential: ({ apiKey, apiSecret }, name) => ({ provider: 'vonage', name, apiKey, apiSecret }),

  toPhoneNumber: ({ number }, vapiCredentialId) => ({
    provider: 'vonage',
    number,
    credentialId: required(vapiCredentialId, 'vonage'),
  }),

  fieldPaths: { number: 'number', apiKey: 'credential.apiKey', apiSecret: 'credential.apiSecret' },

  knownRefusals: [
    {
      pattern: /number.*not found|not found.*number/i,
      path: 'number',
      message:
        'This number is not in the Vonage account. Check the number and the account, or buy the number there first.',
    },
    {
      pattern: /authenticat|\bcredentials?\b|api key|api secret/i,
      path: 'credential.apiKey',
      message:
        'Vonage did not accept this API Key and API Secret. Copy both anew from the API settings of the Vonage account that has the number.',
    },
  ],
};
