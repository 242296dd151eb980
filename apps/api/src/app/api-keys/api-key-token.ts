import { randomToken } from '../common/random-token';

/** Tells an API key from an access token, and lets scanners for leaked secrets know it. */
export const API_KEY_PREFIX = 'vrx_';

/** Characters that are shown of a key after it was made. */
const SHOWN = API_KEY_PREFIX.length + 6;

export const newApiKey = (): string => API_KEY_PREFIX + randomToken();

export const shownPart = (key: string): string => key.slice(0, SHOWN);
