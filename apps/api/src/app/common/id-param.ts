/**
 * A route parameter that matches UUIDs only. Anything else in its place is no route of ours and answers 404, whoever asks:
 * `/api/phone-numbers/vapi` among them.
 */
export const ID = ':id([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12})';
