import { type PhoneNumberResponse, PROVIDERS } from '@voxreach/contracts';
import type { Sentence } from '../../core/i18n/sentences';

const ASSIGN: Sentence = 'Assign an agent, then call the number.';
const CALL: Sentence = 'Call the number and hear your agent answer.';

/** What is left to do, in English: at the carrier, and here. A call that shows that all is well comes last, once somebody can answer it. */
export function nextStepsFor({ provider, agent, status }: PhoneNumberResponse): readonly string[] {
  const { nextSteps, situation } = PROVIDERS[provider];
  if (agent === null) return [ASSIGN, ...nextSteps];
  return status === 'active' && situation === 'carrier' ? [...nextSteps, CALL] : nextSteps;
}
