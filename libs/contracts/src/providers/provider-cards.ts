/*
 * What is said of a provider before anything is entered for it, apart from the classes that check what is entered: lists and badges need no more.
 */

/** What stands on the card of a provider, in English. */
export interface ProviderCard {
  /** Name on the badge and the card. */
  label: string;
  /** The sentence on the card. */
  blurb: string;
  /** Which door it stands behind when a person chooses by situation. */
  situation: 'carrier' | 'trunk' | 'test';
  /** True when it is offered only where the operator allows it, whose own numbers it gives away. */
  onlyIfAllowed?: boolean;
}

/** Every provider by its id, which is Vapi's own word, in the order in which they are offered. */
export const PROVIDER_CARDS = {
  twilio: {
    label: 'Twilio',
    blurb: 'Import a number from your Twilio account',
    situation: 'carrier',
  },
  vonage: {
    label: 'Vonage',
    blurb: 'Import a number from your Vonage account',
    situation: 'carrier',
  },
  telnyx: {
    label: 'Telnyx',
    blurb: 'Import a number from your Telnyx account',
    situation: 'carrier',
  },
  'byo-phone-number': {
    label: 'BYO SIP Trunk',
    blurb: 'Bring your own SIP trunk number',
    situation: 'trunk',
  },
  vapi: {
    label: 'Vapi',
    blurb: 'Get a free test number (US only)',
    situation: 'test',
    onlyIfAllowed: true,
  },
} as const satisfies Record<string, ProviderCard>;

/** Where a number comes from, in Vapi's own words. */
export type ProviderId = keyof typeof PROVIDER_CARDS;

export const PROVIDER_IDS = Object.keys(PROVIDER_CARDS) as readonly ProviderId[];
