import { Injectable } from '@nestjs/common';
import { VapiHttp } from './vapi.http';
import type { CreateAssistantPayload, UpdateAssistantPayload } from './vapi.payloads';
import { parseAssistant, parseList, type VapiAssistant } from './vapi.responses';

/** How far Vapi's clock may be behind ours. */
const CLOCK_SKEW_MS = 10 * 60_000;

/**
 * Vapi's assistants: our agents. Every method throws VapiError.
 * @see Vapi API reference, Assistants
 */
@Injectable()
export class VapiAssistants {
  constructor(private readonly http: VapiHttp) {}

  create(body: CreateAssistantPayload): Promise<VapiAssistant> {
    return this.http.request({
      method: 'POST',
      path: '/assistant',
      route: '/assistant',
      body,
      parse: parseAssistant,
    });
  }

  /** The assistant that was made for our row, known by the mark in its metadata. `since` is the row's creation time. */
  async find(id: string, since: Date): Promise<VapiAssistant | undefined> {
    const after = new Date(since.getTime() - CLOCK_SKEW_MS).toISOString();
    const page = await this.http.request({
      method: 'GET',
      path: `/assistant?${new URLSearchParams({ limit: '1000', createdAtGt: after })}`,
      route: '/assistant',
      parse: parseList(parseAssistant),
    });
    return page.find(({ voxreachId }) => voxreachId === id);
  }

  get(id: string): Promise<VapiAssistant> {
    return this.http.request({
      method: 'GET',
      path: pathOf(id),
      route: '/assistant/:id',
      parse: parseAssistant,
    });
  }

  update(id: string, body: UpdateAssistantPayload): Promise<VapiAssistant> {
    return this.http.request({
      method: 'PATCH',
      path: pathOf(id),
      route: '/assistant/:id',
      body,
      parse: parseAssistant,
    });
  }

  /** An assistant that Vapi does not have counts as deleted. */
  delete(id: string): Promise<void> {
    return this.http.delete(pathOf(id), '/assistant/:id');
  }
}

const pathOf = (id: string): string => `/assistant/${encodeURIComponent(id)}`;
