import type { PhoneNumberProvider } from '../store/stored.types';
import { type Check, flag, nullable, oneOf, optional, type Shape, text, uuid } from './check';
import { e164 } from './dialled-number.check';
import { hooks } from './hook.checks';
import { server } from './server.check';
import { object, partial, variants } from './shapes';
import { transferDestination } from './transfer.checks';

const COMMON: Shape = {
  name: optional(text({ max: 40 })),
  assistantId: optional(uuid),
  squadId: optional(text()),
  workflowId: optional(text()),
  server: optional(server),
  fallbackDestination: optional(transferDestination),
  hooks: optional(hooks),
};

const vapiSipUri: Check = (value, path) =>
  typeof value === 'string' && /^sip:[^@\s]+@sip\.(eu\.)?vapi\.ai$/i.test(value)
    ? []
    : [`${path} must be a SIP URI of the form sip:username@sip.vapi.ai`];

const sipAuthentication = object({
  realm: optional(text()),
  username: text({ min: 20, max: 40 }),
  password: text({ min: 20, max: 40 }),
});

/** What both POST and PATCH take. Whether a BYO number must be E.164 is looked at afterwards. */
const FIELDS: Readonly<Record<PhoneNumberProvider, Shape>> = {
  twilio: {
    ...COMMON,
    number: e164,
    twilioAccountSid: text(),
    twilioAuthToken: optional(text()),
    twilioApiKey: optional(text()),
    twilioApiSecret: optional(text()),
    smsEnabled: optional(flag),
  },
  vonage: { ...COMMON, number: e164, credentialId: uuid },
  telnyx: { ...COMMON, number: e164, credentialId: uuid },
  'byo-phone-number': {
    ...COMMON,
    number: optional(text()),
    numberE164CheckEnabled: optional(flag),
    credentialId: uuid,
  },
  vapi: { ...COMMON, sipUri: optional(vapiSipUri), authentication: optional(sipAuthentication) },
};

/** The body of POST /phone-number. */
export const newPhoneNumber = variants('provider', {
  ...FIELDS,
  vapi: { ...FIELDS.vapi, numberDesiredAreaCode: optional(text({ min: 3, max: 3 })) },
});

/** The body of PATCH /phone-number/:id; null clears the two fields that are known to be cleared so. */
export function phoneNumberPatch(provider: PhoneNumberProvider): Check {
  return object({
    ...partial(FIELDS[provider]),
    provider: optional(oneOf(provider)),
    assistantId: optional(nullable(uuid)),
    fallbackDestination: optional(nullable(transferDestination)),
  });
}
