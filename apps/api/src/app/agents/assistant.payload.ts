import type { CreateAgentBody, UpdateAgentBody } from '@voxreach/contracts';
import type { AssistantModel, CreateAssistantPayload, UpdateAssistantPayload } from '../vapi/vapi.payloads';
import type { VapiAssistant } from '../vapi/vapi.responses';

/** Body of `POST /assistant` for a new agent. `id` is our row's. */
export const toAssistant = (
  body: CreateAgentBody,
  id: string,
  model: { provider: string; model: string },
): CreateAssistantPayload => ({
  name: body.name,
  firstMessage: body.firstMessage,
  model: withInstructions(model, body.systemPrompt),
  metadata: { voxreachId: id },
});

/** Body of `PATCH /assistant/:id`. Vapi replaces `model` whole, so what it holds beside our instructions is sent back. */
export const toAssistantUpdate = (
  { name, firstMessage, systemPrompt }: UpdateAgentBody,
  current: AssistantModel,
): UpdateAssistantPayload => ({
  name,
  firstMessage,
  model: systemPrompt === undefined ? undefined : withInstructions(current, systemPrompt),
});

/** The instructions that an assistant holds: its system message. */
export const instructionsOf = (assistant: VapiAssistant): string | null =>
  assistant.model?.messages?.find(({ role }) => role === 'system')?.content ?? null;

function withInstructions(model: AssistantModel, systemPrompt: string | undefined): AssistantModel {
  const others = (model.messages ?? []).filter(({ role }) => role !== 'system');
  const messages = systemPrompt ? [{ role: 'system', content: systemPrompt }, ...others] : others;
  return { ...model, ...(messages.length > 0 || model.messages !== undefined ? { messages } : {}) };
}
