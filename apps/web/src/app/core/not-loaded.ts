import type { Sentence } from './i18n/sentences';

/** Of what is loaded only when it is needed, such as a dialog: no connection, or a new version that no longer has it. */
export const NOT_LOADED: Sentence =
  'This part of the page could not be loaded. Check your internet connection, then try again, or reload the page.';
