import { IsNotEmpty, IsString, MaxLength } from 'class-validator';
import { ImportPhoneNumberBody } from '../phone-numbers/import-phone-number.body';
import { InlineCredential, SavedCredentialId } from '../phone-numbers/inline-or-saved';
import { IsE164 } from '../validation/e164';
import { Trim } from '../validation/trim.decorator';
import { PROVIDER_CARDS } from './provider-cards';
import { CALL_THE_NUMBER, describeProvider } from './provider.descriptor';

/** A v2 API key of a Telnyx account. */
export class TelnyxCredential {
  @IsString({ message: 'Enter an API Key of the Telnyx account.' })
  @IsNotEmpty({ message: 'Enter an API Key of the Telnyx account.' })
  @MaxLength(512, { message: 'This is longer than any API Key.' })
  @Trim()
  apiKey!: string;
}

/** Import of a number that stands in a Telnyx account. */
export class ImportTelnyxBody extends ImportPhoneNumberBody {
  @IsE164()
  @Trim()
  number!: string;

  @SavedCredentialId()
  credentialId?: string;

  @InlineCredential(() => TelnyxCredential)
  credential?: TelnyxCredential;
}

export const telnyx = describeProvider({
  id: 'telnyx',
  ...PROVIDER_CARDS.telnyx,
  credential: {
    provider: 'telnyx',
    body: TelnyxCredential,
    reusable: true,
    fields: [
      {
        path: 'apiKey',
        label: 'API Key',
        kind: 'secret',
        help: 'Telnyx portal, Account settings, Keys & credentials. A key made for this purpose can be revoked on its own.',
      },
    ],
  },
  body: ImportTelnyxBody,
  fields: [
    {
      path: 'number',
      label: 'Phone number',
      kind: 'phone',
      help: 'A number of this account, with country code.',
    },
  ],
  changes: ['Vapi makes a voice connection in the Telnyx account and moves the number to it.'],
  nextSteps: [
    {
      text: 'For outbound calls, attach the connection that Vapi made to an Outbound Voice Profile with the destinations you need (Telnyx portal, Voice, Outbound voice profiles).',
    },
    CALL_THE_NUMBER,
  ],
});
