/** What Vapi takes as the number of a BYO phone number when it is not checked as E.164. */
export const EXTENSION_PATTERN = /^\+?[a-zA-Z0-9]{3,40}$/;

const SIP_URI_PATTERN = /^sip:([^@\s]+)@([a-z0-9]([a-z0-9.-]*[a-z0-9])?)(:\d{1,5})?$/i;

/** The user part of `sip:user@host`, or undefined when the text is not such an address. */
export const sipUserOf = (sipUri: string): string | undefined => SIP_URI_PATTERN.exec(sipUri)?.[1];
