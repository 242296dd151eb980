import { Type } from 'class-transformer';
import {
  IsBoolean,
  IsNotEmpty,
  IsObject,
  IsString,
  Matches,
  MaxLength,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import { ImportPhoneNumberBody } from '../phone-numbers/import-phone-number.body';
import { IsE164 } from '../validation/e164';
import { Optional } from '../validation/optional.decorator';
import { Trim } from '../validation/trim.decorator';
import { PROVIDER_CARDS } from './provider-cards';
import { CALL_THE_NUMBER, describeProvider } from './provider.descriptor';

const ACCOUNT_SID = {
  message:
    'Enter the Account SID: AC, then 32 digits and letters from a to f. You find it on the first page of the Twilio console.',
};

const given = (value: unknown): boolean => value !== undefined;

/** Account SID with either the Auth Token, or an API Key and its API Secret. */
export class TwilioCredential {
  @Matches(/^AC[0-9a-zA-Z]+$/, ACCOUNT_SID)
  @MaxLength(64, ACCOUNT_SID)
  @Trim()
  accountSid!: string;

  @ValidateIf((c: TwilioCredential) => given(c.authToken) || (!given(c.apiKey) && !given(c.apiSecret)))
  @IsString({ message: 'Enter the Auth Token, or an API Key with its API Secret.' })
  @IsNotEmpty({ message: 'Enter the Auth Token, or an API Key with its API Secret.' })
  @MaxLength(512, { message: 'This is longer than any Auth Token.' })
  @Trim()
  authToken?: string;

  @ValidateIf((c: TwilioCredential) => given(c.apiKey) || (given(c.apiSecret) && !given(c.authToken)))
  @IsString({ message: 'Enter the API Key that belongs to the API Secret.' })
  @IsNotEmpty({ message: 'Enter the API Key that belongs to the API Secret.' })
  @MaxLength(512, { message: 'This is longer than any API Key.' })
  @Trim()
  apiKey?: string;

  @ValidateIf((c: TwilioCredential) => given(c.apiSecret) || (given(c.apiKey) && !given(c.authToken)))
  @IsString({ message: 'Enter the API Secret that belongs to the API Key.' })
  @IsNotEmpty({ message: 'Enter the API Secret that belongs to the API Key.' })
  @MaxLength(512, { message: 'This is longer than any API Secret.' })
  @Trim()
  apiSecret?: string;
}

/** Import of a number that stands in a Twilio account. The credentials always come inline. */
export class ImportTwilioBody extends ImportPhoneNumberBody {
  @IsE164()
  @Trim()
  number!: string;

  @IsObject({ message: 'Enter the credentials of the Twilio account.' })
  @ValidateNested()
  @Type(() => TwilioCredential)
  credential!: TwilioCredential;

  /** True lets Vapi take over the number's messaging webhook as well. */
  @Optional()
  @IsBoolean({ message: 'Say true or false.' })
  smsEnabled?: boolean;
}

export const twilio = describeProvider({
  id: 'twilio',
  ...PROVIDER_CARDS.twilio,
  credential: {
    provider: 'twilio',
    body: TwilioCredential,
    reusable: false,
    fields: [
      {
        path: 'accountSid',
        label: 'Account SID',
        kind: 'text',
        placeholder: 'AC…',
        help: 'On the first page of the Twilio console, under Account Info. It starts with AC.',
      },
      {
        path: 'apiKey',
        label: 'API Key',
        kind: 'text',
        optional: true,
        either: 'API Key and API Secret',
        placeholder: 'SK…',
        help: 'Recommended: a Standard key made for this purpose can be revoked on its own. Console: Account, API keys & tokens.',
      },
      {
        path: 'apiSecret',
        label: 'API Secret',
        kind: 'secret',
        optional: true,
        either: 'API Key and API Secret',
        help: 'Twilio shows it once, when the key is made.',
      },
      {
        path: 'authToken',
        label: 'Auth Token',
        kind: 'secret',
        optional: true,
        either: 'Auth Token',
        help: 'Instead of key and secret. It opens the whole account, so prefer a key where you can.',
      },
    ],
  },
  body: ImportTwilioBody,
  fields: [
    {
      path: 'number',
      label: 'Phone number',
      kind: 'phone',
      help: 'A number of this account, with country code.',
    },
    {
      path: 'smsEnabled',
      label: 'Receive text messages too',
      kind: 'toggle',
      optional: true,
      initial: false,
      help: 'Off: the messaging webhook of the number stays as it is. On: Vapi takes it over (US numbers only).',
    },
  ],
  changes: [
    'The voice webhook of the number at Twilio will point to Vapi. What answers calls there today will stop answering.',
    'The messaging webhook stays as it is, unless you switch text messages on.',
  ],
  nextSteps: [
    CALL_THE_NUMBER,
    { text: 'For calls to other countries, allow them in Twilio under Voice > Settings > Geo permissions.' },
    {
      text: 'Leave the voice webhook as it is now: if it is changed at Twilio, calls silently stop arriving.',
    },
  ],
});
