import { Matches } from 'class-validator';
import { ImportPhoneNumberBody } from '../phone-numbers/import-phone-number.body';
import { Optional } from '../validation/optional.decorator';
import { Trim } from '../validation/trim.decorator';
import { PROVIDER_CARDS } from './provider-cards';
import { CALL_THE_NUMBER, describeProvider } from './provider.descriptor';

/** A free test number; Vapi chooses it. */
export class ProvisionVapiBody extends ImportPhoneNumberBody {
  @Optional()
  @Matches(/^[2-9]\d{2}$/, {
    message: 'Enter a US area code: three digits, the first from 2 to 9, for example 415.',
  })
  @Trim()
  areaCode?: string;
}

export const vapi = describeProvider({
  id: 'vapi',
  ...PROVIDER_CARDS.vapi,
  credential: null,
  body: ProvisionVapiBody,
  fields: [
    {
      path: 'areaCode',
      label: 'Area code',
      kind: 'text',
      optional: true,
      placeholder: '415',
      help: 'A preference: Vapi may assign another area code.',
    },
  ],
  changes: ['Vapi assigns a US number to your organisation. It can receive calls but not place them.'],
  nextSteps: [{ text: 'Wait a few minutes until the number is active.' }, CALL_THE_NUMBER],
});
