import { IsNotEmpty, IsString, MaxLength } from 'class-validator';
import { ImportPhoneNumberBody } from '../phone-numbers/import-phone-number.body';
import { InlineCredential, SavedCredentialId } from '../phone-numbers/inline-or-saved';
import { IsE164 } from '../validation/e164';
import { Trim } from '../validation/trim.decorator';
import { PROVIDER_CARDS } from './provider-cards';
import { CALL_THE_NUMBER, describeProvider } from './provider.descriptor';

/** The master key and secret of a Vonage account. */
export class VonageCredential {
  @IsString({ message: 'Enter the API Key of the Vonage account.' })
  @IsNotEmpty({ message: 'Enter the API Key of the Vonage account.' })
  @MaxLength(512, { message: 'This is longer than any API Key.' })
  @Trim()
  apiKey!: string;

  @IsString({ message: 'Enter the API Secret of the Vonage account.' })
  @IsNotEmpty({ message: 'Enter the API Secret of the Vonage account.' })
  @MaxLength(512, { message: 'This is longer than any API Secret.' })
  @Trim()
  apiSecret!: string;
}

/** Import of a number that stands in a Vonage account. */
export class ImportVonageBody extends ImportPhoneNumberBody {
  @IsE164()
  @Trim()
  number!: string;

  @SavedCredentialId()
  credentialId?: string;

  @InlineCredential(() => VonageCredential)
  credential?: VonageCredential;
}

export const vonage = describeProvider({
  id: 'vonage',
  ...PROVIDER_CARDS.vonage,
  credential: {
    provider: 'vonage',
    body: VonageCredential,
    reusable: true,
    fields: [
      {
        path: 'apiKey',
        label: 'API Key',
        kind: 'text',
        help: 'On the first page of the Vonage API dashboard.',
      },
      {
        path: 'apiSecret',
        label: 'API Secret',
        kind: 'secret',
        help: 'Vonage API dashboard, API Settings.',
      },
    ],
  },
  body: ImportVonageBody,
  fields: [
    {
      path: 'number',
      label: 'Phone number',
      kind: 'phone',
      help: 'A number of this account, with country code.',
    },
  ],
  changes: [
    'Vapi makes a voice application in the Vonage account and links the number to it.',
    'An application that the number is linked to today is replaced.',
  ],
  nextSteps: [CALL_THE_NUMBER, { text: 'Leave the number linked to the application that Vapi made.' }],
});
