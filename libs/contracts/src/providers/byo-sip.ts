import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsNotEmpty,
  IsObject,
  IsString,
  Max,
  MaxLength,
  Min,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import { ImportPhoneNumberBody } from '../phone-numbers/import-phone-number.body';
import { InlineCredential, SavedCredentialId } from '../phone-numbers/inline-or-saved';
import { Check } from '../validation/check.decorator';
import { E164_MESSAGE, E164_PATTERN } from '../validation/e164';
import { isHostName, isIpv4 } from '../validation/gateway-address';
import { KnowsItsList, thoseBefore } from '../validation/knows-its-list.decorator';
import { Optional } from '../validation/optional.decorator';
import { EXTENSION_PATTERN, sipUserOf } from '../validation/sip-uri';
import { Trim } from '../validation/trim.decorator';
import { PROVIDER_CARDS } from './provider-cards';
import { describeProvider, type Entered } from './provider.descriptor';

const TRUE_OR_FALSE = { message: 'Say true or false.' };

/** Ours, since Vapi publishes no limit. */
const MOST_GATEWAYS = 64;

const DEFAULT_PORT = 5060;

/** The transports that Vapi can use for outbound signalling. */
export const OUTBOUND_PROTOCOLS = ['udp', 'tcp', 'tls', 'tls/srtp'] as const;

/**
 * One address of the client's trunk. Vapi takes a host name only on a gateway without inbound calls, since
 * those are recognised by their IPv4 source address.
 */
export class SipGateway {
  @IsString({ message: 'Enter the IPv4 address or host name of the gateway.' })
  @Check(
    'gatewayAddress',
    'Enter an IPv4 address or a host name of letters, digits, hyphens and dots, without a port or sip: in front, for example 198.51.100.7 or sip.example.com.',
    (value) => typeof value === 'string' && (isIpv4(value) || isHostName(value)),
  )
  @Check<SipGateway>(
    'gatewayOnce',
    'This gateway is listed before, with the same port and transport. Change one of them, or remove it here.',
    (_value, gateway) => !thoseBefore(gateway).some((other) => routeOf(other) === routeOf(gateway)),
  )
  @Trim()
  ip!: string;

  /** 1 to 65535; Vapi's default is 5060. */
  @Optional()
  @IsInt({ message: 'Enter the port as a whole number from 1 to 65535.' })
  @Min(1, { message: 'A port is at least 1.' })
  @Max(65535, { message: 'A port is at most 65535.' })
  port?: number;

  /** Prefix length by which the source of inbound calls is matched; Vapi's default is 32. */
  @Optional()
  @IsInt({ message: 'Enter the netmask as a whole number from 24 to 32.' })
  @Min(24, { message: 'The netmask is at least 24.' })
  @Max(32, { message: 'The netmask is at most 32.' })
  netmask?: number;

  @Optional()
  @IsBoolean(TRUE_OR_FALSE)
  @Check<SipGateway>(
    'inboundNeedsIpv4',
    'Inbound calls need an IPv4 address. Enter the addresses your carrier sends from, or switch inbound off for this host name.',
    (value, gateway) => value !== true || typeof gateway.ip !== 'string' || !isHostName(gateway.ip),
  )
  inboundEnabled?: boolean;

  @Optional()
  @IsBoolean(TRUE_OR_FALSE)
  outboundEnabled?: boolean;

  @Optional()
  @IsIn(OUTBOUND_PROTOCOLS, { message: `Choose one of ${OUTBOUND_PROTOCOLS.join(', ')}.` })
  outboundProtocol?: (typeof OUTBOUND_PROTOCOLS)[number];

  /** With pings on and no gateway answering, Vapi refuses outbound calls. */
  @Optional()
  @IsBoolean(TRUE_OR_FALSE)
  optionsPingEnabled?: boolean;
}

/** Where a gateway is reached, and how: two with the same are one. */
const routeOf = ({ ip, port = DEFAULT_PORT, outboundProtocol = 'udp' }: SipGateway): string =>
  `${String(ip).toLowerCase()} ${port} ${outboundProtocol}`;

/** Whether inbound calls are taken, also where the client does not say: with a host name they cannot be. */
export const takesInbound = ({ ip, inboundEnabled }: Entered<SipGateway>): boolean =>
  inboundEnabled ?? !isHostName(ip?.trim() ?? '');

/** Present only when the trunk demands SIP REGISTER. */
export class SipRegisterPlan {
  @Optional()
  @IsString({ message: 'Enter the domain as a text.' })
  @MaxLength(253, { message: 'The domain can have 253 characters at most.' })
  domain?: string;

  @Optional()
  @IsString({ message: 'Enter the username as a text.' })
  @MaxLength(256, { message: 'The username can have 256 characters at most.' })
  username?: string;

  @Optional()
  @IsString({ message: 'Enter the realm as a text.' })
  @MaxLength(256, { message: 'The realm can have 256 characters at most.' })
  realm?: string;
}

/** The login that the trunk asks for on outbound calls. Inbound calls are recognised by address alone. */
export class SipOutboundAuthenticationPlan {
  @Check<SipOutboundAuthenticationPlan>(
    'usernameToRegister',
    'Enter the username with which the trunk lets Vapi register.',
    (value, plan) => Boolean(value) || plan.sipRegisterPlan === undefined,
  )
  @IsString({ message: 'Enter the username that belongs to the password.' })
  @IsNotEmpty({ message: 'Enter the username that belongs to the password.' })
  @MaxLength(256, { message: 'The username can have 256 characters at most.' })
  @Trim()
  authUsername!: string;

  @Optional()
  @IsString({ message: 'Enter the password.' })
  @IsNotEmpty({ message: 'Enter the password, or leave it out.' })
  @MaxLength(512, { message: 'The password can have 512 characters at most.' })
  authPassword?: string;

  @Optional()
  @IsObject({ message: 'Give the registration as an object.' })
  @ValidateNested()
  @Type(() => SipRegisterPlan)
  sipRegisterPlan?: SipRegisterPlan;
}

/** The client's own SIP trunk or PBX. */
export class ByoSipTrunkCredential {
  @IsArray({ message: 'Give the gateways as a list.' })
  @ArrayMinSize(1, { message: 'Enter at least one gateway.' })
  @ArrayMaxSize(MOST_GATEWAYS, { message: 'A trunk can have 64 gateways at most.' })
  @Check(
    'gatewayObjects',
    'Each gateway is an object with an ip.',
    (value) => !Array.isArray(value) || value.every((item) => item instanceof SipGateway),
  )
  @ValidateNested({ each: true })
  @KnowsItsList(MOST_GATEWAYS)
  @Type(() => SipGateway)
  gateways!: SipGateway[];

  @Optional()
  @IsObject({ message: 'Give the login as an object.' })
  @ValidateNested()
  @Type(() => SipOutboundAuthenticationPlan)
  outboundAuthenticationPlan?: SipOutboundAuthenticationPlan;

  /** Puts a plus before the dialled number; trunks of Twilio and Vonage need it. */
  @Optional()
  @IsBoolean(TRUE_OR_FALSE)
  outboundLeadingPlusEnabled?: boolean;

  @Optional()
  @IsString({ message: 'Enter the prefix as a text.' })
  @MaxLength(10_000, { message: 'The prefix can have 10,000 characters at most.' })
  techPrefix?: string;

  @Optional()
  @IsString({ message: 'Enter the header as a text.' })
  @MaxLength(10_000, { message: 'The header can have 10,000 characters at most.' })
  sipDiversionHeader?: string;
}

/** Import of a number that arrives over the client's own trunk: either a number or a SIP address. */
export class ImportByoBody extends ImportPhoneNumberBody {
  @ValidateIf((body: ImportByoBody) => body.number !== undefined || body.sipUri === undefined)
  @IsString({ message: 'Enter the phone number or a SIP URI.' })
  @Check<ImportByoBody>(
    'byoNumber',
    `${E164_MESSAGE} For an extension, switch the check of international numbers off.`,
    (value, body) =>
      body.numberE164CheckEnabled === false || (typeof value === 'string' && E164_PATTERN.test(value)),
  )
  @Check<ImportByoBody>(
    'byoExtension',
    'Without the check, a number has 3 to 40 letters and digits, with an optional plus in front.',
    (value, body) =>
      body.numberE164CheckEnabled !== false || (typeof value === 'string' && EXTENSION_PATTERN.test(value)),
  )
  @Trim()
  number?: string;

  /** Default true: the number is checked as E.164. False for extensions and digits without a plus. */
  @Optional()
  @IsBoolean(TRUE_OR_FALSE)
  numberE164CheckEnabled?: boolean;

  @Optional()
  @IsString({ message: 'Enter the SIP URI as a text.' })
  @Check<ImportByoBody>(
    'numberOrSipUri',
    'Give either a phone number or a SIP URI, not both.',
    (_value, body) => body.number === undefined,
  )
  @MaxLength(320, { message: 'This is longer than a SIP URI can be.' })
  @Check(
    'sipUri',
    'Enter the SIP URI as sip:user@host or sip:user@host:port, for example sip:reception@pbx.example.com.',
    (value) => typeof value === 'string' && sipUserOf(value) !== undefined,
  )
  @Check(
    'sipUser',
    'The part before the @ must have 3 to 40 letters and digits, with an optional plus in front: Vapi accepts nothing else.',
    (value) => {
      const user = typeof value === 'string' ? sipUserOf(value) : undefined;
      return user === undefined || EXTENSION_PATTERN.test(user);
    },
  )
  @Trim()
  sipUri?: string;

  @SavedCredentialId()
  credentialId?: string;

  @InlineCredential(() => ByoSipTrunkCredential)
  credential?: ByoSipTrunkCredential;
}

const GATEWAY_FOLD = 'More settings of this gateway';
const TRUNK_FOLD = 'More settings of the trunk';

export const byoSip = describeProvider({
  id: 'byo-phone-number',
  ...PROVIDER_CARDS['byo-phone-number'],
  credential: {
    provider: 'byo-sip-trunk',
    body: ByoSipTrunkCredential,
    reusable: true,
    fields: [
      {
        kind: 'list',
        path: 'gateways',
        most: MOST_GATEWAYS,
        words: {
          item: 'Gateway {number}',
          add: 'Add gateway',
          remove: 'Remove gateway {number}',
          removed: 'Gateway {number} is removed.',
          full: 'A trunk can have 64 gateways at most.',
        },
        fields: [
          {
            path: 'ip',
            label: 'Gateway IP or domain',
            kind: 'host',
            placeholder: '198.51.100.7',
            help: 'Where your trunk or PBX is reached. Inbound calls need an IPv4 address; a domain name serves outbound calls only.',
            remarks: [
              {
                text: 'Inbound calls need an IPv4 address. With a domain name, inbound calls are switched off and outbound calls work.',
                applies: (gateway) => isHostName(gateway.ip?.trim() ?? '') && !takesInbound(gateway),
              },
            ],
          },
          {
            path: 'port',
            label: 'Port',
            kind: 'port',
            initial: DEFAULT_PORT,
            help: 'SIP signalling port, usually 5060.',
            remarks: [
              {
                text: 'TLS usually has port 5061. Compare it with what your carrier says.',
                applies: ({ port, outboundProtocol = 'udp' }) =>
                  port === DEFAULT_PORT && outboundProtocol.startsWith('tls'),
              },
            ],
          },
          {
            path: 'inboundEnabled',
            label: 'Take inbound calls from this gateway',
            kind: 'toggle',
            optional: true,
            fold: GATEWAY_FOLD,
            untouched: takesInbound,
            help: 'Vapi takes calls only from addresses that are listed here. Your carrier may send from addresses other than the one it receives at: add each of them.',
          },
          {
            path: 'outboundEnabled',
            label: 'Send outbound calls to this gateway',
            kind: 'toggle',
            optional: true,
            fold: GATEWAY_FOLD,
            untouched: () => true,
            help: 'Switch off for an address that your carrier only sends from.',
            remarks: [
              {
                text: 'Both directions are switched off: this gateway carries no calls.',
                applies: (gateway) => gateway.outboundEnabled === false && !takesInbound(gateway),
              },
            ],
          },
          {
            path: 'outboundProtocol',
            label: 'Transport of outbound calls',
            kind: 'choice',
            optional: true,
            fold: GATEWAY_FOLD,
            options: [
              { value: '', label: 'UDP (usual)' },
              { value: 'tcp', label: 'TCP' },
              { value: 'tls', label: 'TLS' },
              { value: 'tls/srtp', label: 'TLS, and SRTP for the voice' },
            ],
          },
          {
            path: 'netmask',
            label: 'Netmask',
            kind: 'number',
            optional: true,
            fold: GATEWAY_FOLD,
            placeholder: '32',
            help: 'For a carrier that sends from a whole network: 24 to 32. Left empty, calls come from this one address.',
          },
          {
            path: 'optionsPingEnabled',
            label: 'Check the gateway with SIP OPTIONS',
            kind: 'toggle',
            optional: true,
            fold: GATEWAY_FOLD,
            help: 'If no gateway of the trunk answers, outbound calls are refused. Switch on only if yours answer OPTIONS.',
          },
        ],
      },
      {
        path: 'outboundAuthenticationPlan.authUsername',
        label: 'Auth username',
        kind: 'text',
        optional: true,
        help: 'Only if your trunk asks for a login on outbound calls.',
      },
      {
        path: 'outboundAuthenticationPlan.authPassword',
        label: 'Auth password',
        kind: 'secret',
        optional: true,
        remarks: [
          {
            text: 'A username usually needs a password. Go on only if your trunk needs none.',
            applies: ({ outboundAuthenticationPlan: login }) =>
              Boolean(login?.authUsername) && !login?.authPassword,
          },
        ],
      },
      {
        kind: 'group',
        path: 'outboundAuthenticationPlan.sipRegisterPlan',
        label: 'Register with the trunk',
        fold: TRUNK_FOLD,
        help: 'Only if your trunk asks for SIP REGISTER. Vapi then registers with the username and password above.',
        fields: [
          {
            path: 'outboundAuthenticationPlan.sipRegisterPlan.domain',
            label: 'Registration domain',
            kind: 'text',
            optional: true,
            help: 'If your trunk names one.',
            placeholder: 'sip.example.com',
          },
          {
            path: 'outboundAuthenticationPlan.sipRegisterPlan.username',
            label: 'Registration username',
            kind: 'text',
            optional: true,
            help: 'If it differs from the auth username.',
          },
          {
            path: 'outboundAuthenticationPlan.sipRegisterPlan.realm',
            label: 'Realm',
            kind: 'text',
            optional: true,
            help: 'If your trunk names one.',
          },
        ],
      },
      {
        path: 'outboundLeadingPlusEnabled',
        label: 'Dial with a plus in front',
        kind: 'toggle',
        optional: true,
        fold: TRUNK_FOLD,
        help: 'Twilio and Vonage trunks need it.',
      },
      {
        path: 'techPrefix',
        label: 'Prefix of dialled numbers',
        kind: 'text',
        optional: true,
        fold: TRUNK_FOLD,
        help: 'Digits that some carriers want before the number.',
      },
      {
        path: 'sipDiversionHeader',
        label: 'Diversion header',
        kind: 'text',
        optional: true,
        fold: TRUNK_FOLD,
        help: 'For carriers that check the caller number by it.',
      },
    ],
  },
  body: ImportByoBody,
  fields: [
    {
      path: 'number',
      label: 'Phone number',
      kind: 'phone',
      optional: true,
      either: 'Phone number',
      help: 'Exactly as your carrier sends it. Either this or a SIP URI.',
    },
    {
      path: 'numberE164CheckEnabled',
      label: 'Check as an international number',
      kind: 'toggle',
      optional: true,
      either: 'Phone number',
      qualifies: 'number',
      initial: true,
      help: 'Switch off for an extension, or for digits without a plus.',
    },
    {
      path: 'sipUri',
      label: 'SIP URI',
      kind: 'text',
      optional: true,
      either: 'SIP URI',
      placeholder: 'sip:reception@pbx.example.com',
      help: 'Instead of a phone number. The part before the @ has 3 to 40 letters and digits.',
    },
  ],
  changes: [
    'Vapi will accept calls from your gateway, and send calls to it. Nothing changes in your trunk or PBX.',
  ],
  nextSteps: [
    { text: 'Send calls for this number to its SIP address.' },
    { text: "Allow Vapi's signalling addresses in your firewall and trunk." },
    { text: 'Test a call in each direction.', needsAgent: true },
  ],
});
