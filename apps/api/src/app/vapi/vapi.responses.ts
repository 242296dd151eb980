import type { AssistantModel } from './vapi.payloads';

/*
 * What is taken from Vapi's answers: an allow-list, since they echo carriers' secrets and hold fields that no
 * schema names. Every parser returns undefined when the body is not usable.
 */

/** A number as Vapi holds it. */
export interface VapiPhoneNumber {
  id: string;
  /** Absent on some numbers, which then are active. */
  status: 'active' | 'activating' | 'blocked' | undefined;
  number: string | undefined;
  name: string | undefined;
  assistantId: string | undefined;
  fallbackNumber: string | undefined;
  createdAt: string | undefined;
}

export interface VapiCredential {
  id: string;
  name: string | undefined;
}

export interface VapiAssistant {
  id: string;
  name: string | undefined;
  firstMessage: string | undefined;
  /** Our row's id, on assistants that we made. */
  voxreachId: string | undefined;
  model: AssistantModel | undefined;
}

type Fields = Record<string, unknown>;

export const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const text = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;

const STATUSES = ['active', 'activating', 'blocked'] as const;

export function parsePhoneNumber(body: unknown): VapiPhoneNumber | undefined {
  if (!isFields(body)) return undefined;
  const id = text(body['id']);
  if (id === undefined) return undefined;
  const fallback = body['fallbackDestination'];
  return {
    id,
    status: STATUSES.find((status) => status === body['status']),
    number: text(body['number']),
    name: text(body['name']),
    assistantId: text(body['assistantId']),
    fallbackNumber: isFields(fallback) ? text(fallback['number']) : undefined,
    createdAt: text(body['createdAt']),
  };
}

export function parseCredential(body: unknown): VapiCredential | undefined {
  if (!isFields(body)) return undefined;
  const id = text(body['id']);
  return id === undefined ? undefined : { id, name: text(body['name']) };
}

export function parseAssistant(body: unknown): VapiAssistant | undefined {
  if (!isFields(body)) return undefined;
  const id = text(body['id']);
  if (id === undefined) return undefined;
  const { model, metadata } = body;
  const usable =
    isFields(model) && text(model['provider']) !== undefined && text(model['model']) !== undefined;
  return {
    id,
    name: text(body['name']),
    firstMessage: text(body['firstMessage']),
    voxreachId: isFields(metadata) ? text(metadata['voxreachId']) : undefined,
    model: usable ? (model as AssistantModel) : undefined,
  };
}

/** A list, of which unusable entries are left out. */
export const parseList =
  <T>(parse: (item: unknown) => T | undefined) =>
  (body: unknown): T[] | undefined =>
    Array.isArray(body) ? body.map(parse).filter((item) => item !== undefined) : undefined;
