import { anyObject, numeric, optional, text } from './check';
import { server } from './server.check';
import { listOf, openObject } from './shapes';

const model = openObject({
  provider: text(),
  model: text(),
  messages: optional(listOf(openObject({ role: text(), content: text() }))),
});

/** The body of POST and PATCH of an assistant. Vapi's has some forty fields more, which are kept unread. */
export const assistantBody = openObject({
  name: optional(text({ max: 40 })),
  firstMessage: optional(text()),
  maxDurationSeconds: optional(numeric(10, 43_200)),
  metadata: optional(anyObject),
  server: optional(server),
  model: optional(model),
});
