import { oneOf, optional, text } from './check';
import { listOf, object, variants } from './shapes';
import { transferDestination } from './transfer.checks';

const action = variants('type', {
  transfer: { destination: optional(transferDestination) },
  say: { exact: text({ max: 4000 }) },
});

const ringingFilter = object({
  type: oneOf('startsWith'),
  key: oneOf('number'),
  startsWith: listOf(text({ max: 20 }), 20),
});

const endingFilter = object({
  type: oneOf('oneOf'),
  key: oneOf('call.endedReason'),
  oneOf: listOf(
    oneOf(
      'assistant-request-failed',
      'assistant-request-returned-error',
      'assistant-request-returned-unspeakable-error',
      'assistant-request-returned-invalid-assistant',
      'assistant-request-returned-no-assistant',
      'assistant-request-returned-forwarding-phone-number',
    ),
  ),
});

/** The `hooks` of a number. */
export const hooks = listOf(
  variants('on', {
    'call.ringing': { do: listOf(action), filters: optional(listOf(ringingFilter)) },
    'call.ending': { do: optional(action), filters: optional(listOf(endingFilter)) },
  }),
);
