import { required, type ProviderAdapter } from '../adapter';

/** Two steps: a credential, then the number that refers to it. */
export const telnyxAdapter: ProviderAdapter<'telnyx'> = {
  toCredential: ({ apiKey }, name) => ({ provider: 'telnyx', name, apiKey }),

  toPhoneNumber: ({ number }, vapiCredentialId) => ({
    provider: 'telnyx',
    number,
    credentialId: required(vapiCredentialId, 'telnyx'),
  }),

  fieldPaths: { number: 'number', apiKey: 'credential.apiKey' },

  knownRefusals: [
    {
      pattern: /couldn't update telnyx number.*404|number.*not found/i,
      path: 'number',
      message:
        'This number is not in the Telnyx account of this key. Check the number and the account, or buy the number there first.',
    },
    {
      pattern: /couldn't update telnyx number/i,
      path: 'number',
      message:
        'Telnyx did not let Vapi take over this number. Check that the API Key may change numbers and that the number is active in the Telnyx portal.',
    },
    {
      pattern: /authenticat|\bcredentials?\b|api key/i,
      path: 'credential.apiKey',
      message:
        'Telnyx did not accept this API Key. It may belong to another account or have been deleted. Create a new v2 key in the account that has the number and try again.',
    },
  ],
};
