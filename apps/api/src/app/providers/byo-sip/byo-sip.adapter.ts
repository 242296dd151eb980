import { sipUserOf, type SipGateway, takesInbound } from '@voxreach/contracts';
import { required, type AddressedNumber, type ProviderAdapter } from '../adapter';

/** Two steps: the trunk as a credential, then the number that refers to it. */
export const byoSipAdapter: ProviderAdapter<'byo-phone-number'> = {
  toCredential: ({ gateways, ...trunk }, name) => ({
    provider: 'byo-sip-trunk',
    name,
    ...trunk,
    gateways: gateways.map(toGateway),
  }),

  toPhoneNumber: ({ number, sipUri, numberE164CheckEnabled }, vapiCredentialId) => ({
    provider: 'byo-phone-number',
    credentialId: required(vapiCredentialId, 'byo-sip-trunk'),
    number: userPart({ number: number ?? null, sipUri: sipUri ?? null }),
    // The user part of a SIP address is no E.164 number, whatever the caller says.
    numberE164CheckEnabled: sipUri === undefined ? numberE164CheckEnabled : false,
  }),

  sipAddress: (number, vapiCredentialId, sipHost) => `${userPart(number)}@${vapiCredentialId}.${sipHost}`,

  fieldPaths: {
    number: 'number',
    numberE164CheckEnabled: 'numberE164CheckEnabled',
    gateways: 'credential.gateways',
    outboundAuthenticationPlan: 'credential.outboundAuthenticationPlan',
    outboundLeadingPlusEnabled: 'credential.outboundLeadingPlusEnabled',
    techPrefix: 'credential.techPrefix',
    sipDiversionHeader: 'credential.sipDiversionHeader',
  },

  knownRefusals: [
    {
      pattern: /couldn't validate sip trunk credential|gateway creation failed/i,
      // Which one it was is not said.
      path: 'credential.gateways.0.ip',
      message:
        'Vapi could not set up this gateway, or another one of the trunk. Inbound calls need IPv4 addresses, an outbound-only trunk needs inbound switched off, and your carrier must allow the signalling addresses of Vapi.',
    },
  ],
};

/** A host name serves outbound calls only, so inbound is switched off for it unless the caller did so already. */
const toGateway = (gateway: SipGateway): SipGateway => ({
  ...gateway,
  inboundEnabled: gateway.inboundEnabled ?? (takesInbound(gateway) ? undefined : false),
});

/** What Vapi calls the number: the number itself, or the user part of the SIP address. */
function userPart({ number, sipUri }: AddressedNumber): string {
  const user = number ?? (sipUri === null ? undefined : sipUserOf(sipUri));
  if (user === undefined) throw new Error('A BYO number has a number or a SIP address');
  return user;
}
