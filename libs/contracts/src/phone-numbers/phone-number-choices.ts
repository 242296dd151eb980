/**
 * - `activating`: Vapi is setting the number up; calls may fail meanwhile
 * - `active`: calls are answered
 * - `blocked`: Vapi has blocked it
 * - `needs_attention`: something is half done or unclear, and a person has to decide
 */
export const PHONE_NUMBER_STATUSES = ['activating', 'active', 'blocked', 'needs_attention'] as const;

export type PhoneNumberStatus = (typeof PHONE_NUMBER_STATUSES)[number];

/** A minus in front sorts the newest first. */
export const PHONE_NUMBER_SORTS = ['createdAt', '-createdAt', 'number', 'name'] as const;

export type PhoneNumberSort = (typeof PHONE_NUMBER_SORTS)[number];
