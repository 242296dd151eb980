import { type PhoneNumberResponse, PROVIDERS } from '@voxreach/contracts';

/** What is left to do for a number, in English. A call comes in only once an agent is there to answer it. */
export const nextSteps = ({ provider, agent }: PhoneNumberResponse): readonly string[] =>
  PROVIDERS[provider].nextSteps
    .filter(({ needsAgent }) => !needsAgent || agent !== null)
    .map(({ text }) => text);
