/** Where a number comes from, in Vapi's own words. The order is the one in which they are offered. */
export const PROVIDER_IDS = ['twilio', 'vonage', 'telnyx', 'byo-phone-number', 'vapi'] as const;

export type ProviderId = (typeof PROVIDER_IDS)[number];

/** The kinds of credentials that can be saved, in Vapi's own words. */
export const CREDENTIAL_PROVIDER_IDS = ['twilio', 'vonage', 'telnyx', 'byo-sip-trunk'] as const;

export type CredentialProviderId = (typeof CREDENTIAL_PROVIDER_IDS)[number];
