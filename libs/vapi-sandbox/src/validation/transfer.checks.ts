import { anyObject, type Check, flag, isObject, numeric, oneOf, optional, text } from './check';
import { numberOf } from './dialled-number.check';
import { listOf, object, variants } from './shapes';

const customMessage = object({
  type: oneOf('custom-message'),
  content: optional(text({ max: 1000 })),
  contents: optional(listOf(object({ type: oneOf('text'), text: text(), language: text() }))),
});

const message: Check = (value, path) => (typeof value === 'string' ? [] : customMessage(value, path));

const transferPlan = object({
  mode: oneOf(
    'blind-transfer',
    'blind-transfer-add-summary-to-sip-header',
    'warm-transfer-say-message',
    'warm-transfer-say-summary',
    'warm-transfer-twiml',
    'warm-transfer-wait-for-operator-to-speak-first-and-then-say-message',
    'warm-transfer-wait-for-operator-to-speak-first-and-then-say-summary',
    'warm-transfer-experimental',
  ),
  message: optional(message),
  timeout: optional(numeric(1, 600)),
  sipVerb: optional(oneOf('refer', 'bye', 'dial')),
  dialTimeout: optional(numeric(1, 600)),
  holdAudioUrl: optional(text()),
  transferCompleteAudioUrl: optional(text()),
  contextEngineeringPlan: optional(
    variants('type', { lastNMessages: { maxMessages: numeric(0) }, none: {}, all: {} }),
  ),
  twiml: optional(text({ max: 4096 })),
  summaryPlan: optional(
    object({
      messages: optional(listOf(anyObject)),
      enabled: optional(flag),
      timeoutSeconds: optional(numeric(1, 60)),
    }),
  ),
  sipHeadersInReferToEnabled: optional(flag),
  fallbackPlan: optional(object({ message, endCallEnabled: optional(flag) })),
});

const common = {
  message: optional(message),
  callerId: optional(text({ max: 40 })),
  transferPlan: optional(transferPlan),
  description: optional(text()),
};

/** Where a call goes when nothing else takes it: TransferDestinationNumber or TransferDestinationSip. */
export const transferDestination: Check = (value, path) =>
  variants('type', {
    number: {
      ...common,
      number: numberOf(isObject(value) ? value : {}),
      numberE164CheckEnabled: optional(flag),
      extension: optional(text({ min: 1, max: 10 })),
    },
    sip: { ...common, sipUri: text(), sipHeaders: optional(anyObject) },
  })(value, path);
