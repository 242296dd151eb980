import { type PhoneNumberResponse, PROVIDERS } from '@voxreach/contracts';

/** What is left to do for a number, in English. A call is worth a try once the number is active and an agent is there to answer it. */
export function nextSteps({ provider, agent, status }: PhoneNumberResponse): readonly string[] {
  const isAnswered = agent !== null && status === 'active';
  return PROVIDERS[provider].nextSteps
    .filter(({ needsAgent }) => !needsAgent || isAnswered)
    .map(({ text }) => text);
}
