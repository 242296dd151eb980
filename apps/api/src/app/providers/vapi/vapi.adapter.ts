import type { ProviderAdapter } from '../adapter';

/** One step: Vapi assigns a number of its own. */
export const vapiAdapter: ProviderAdapter<'vapi'> = {
  toPhoneNumber: ({ areaCode }) => ({ provider: 'vapi', numberDesiredAreaCode: areaCode }),

  fieldPaths: { numberDesiredAreaCode: 'areaCode' },

  knownRefusals: [
    {
      pattern: /area code/i,
      path: 'areaCode',
      message: 'Vapi has no free number with this area code now. Try another one, or leave it out.',
    },
    {
      pattern: /limit|payment|upgrade|free (phone )?number|maximum|plan/i,
      message: 'No free test number is left. Remove one that is not needed, or import a number of your own.',
    },
  ],
};
