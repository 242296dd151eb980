import { Injectable } from '@nestjs/common';
import { hasTag } from '../common/vapi-name';
import { VapiHttp } from './vapi.http';
import type { CreatePhoneNumberPayload, UpdatePhoneNumberPayload } from './vapi.payloads';
import { parseList, parsePhoneNumber, type VapiPhoneNumber } from './vapi.responses';

/** Vapi's own limit. */
const MAX_PAGE = 1_000;

/** How far Vapi's clock may be behind ours. */
const CLOCK_SKEW_MS = 10 * 60_000;

interface ListBounds {
  limit?: number;
  after?: string;
  upTo?: string;
}

/**
 * Vapi's phone numbers. Every method throws VapiError.
 * @see Vapi API reference, Phone Numbers
 */
@Injectable()
export class VapiPhoneNumbers {
  constructor(private readonly http: VapiHttp) {}

  create(body: CreatePhoneNumberPayload): Promise<VapiPhoneNumber> {
    return this.http.request({
      method: 'POST',
      path: '/phone-number',
      route: '/phone-number',
      body,
      parse: parsePhoneNumber,
    });
  }

  /** One page, newest first. The bounds are creation times (ISO 8601): `after` is excluded, `upTo` included. */
  list({ limit = MAX_PAGE, ...bounds }: ListBounds = {}): Promise<VapiPhoneNumber[]> {
    const query = new URLSearchParams({ limit: String(limit) });
    if (bounds.after !== undefined) query.set('createdAtGt', bounds.after);
    if (bounds.upTo !== undefined) query.set('createdAtLe', bounds.upTo);
    return this.http.request({
      method: 'GET',
      path: `/phone-number?${query}`,
      route: '/phone-number',
      parse: parseList(parsePhoneNumber),
    });
  }

  /**
   * The number that was made for our row, known by the mark in its name; nothing else of the list is used. `since` is the
   * row's creation time.
   */
  async find(id: string, since: Date): Promise<VapiPhoneNumber | undefined> {
    const after = new Date(since.getTime() - CLOCK_SKEW_MS).toISOString();
    let upTo: string | undefined;
    for (;;) {
      const page = await this.list({ after, ...(upTo === undefined ? {} : { upTo }) });
      const found = page.find(({ name }) => hasTag(name, id));
      if (found !== undefined || page.length < MAX_PAGE) return found;
      // The next page begins with the last number again, since others may have been made in the same millisecond.
      const oldest = page.at(-1)?.createdAt;
      if (oldest === undefined || oldest === upTo) return undefined;
      upTo = oldest;
    }
  }

  get(id: string): Promise<VapiPhoneNumber> {
    return this.http.request({
      method: 'GET',
      path: pathOf(id),
      route: '/phone-number/:id',
      parse: parsePhoneNumber,
    });
  }

  update(id: string, body: UpdatePhoneNumberPayload): Promise<VapiPhoneNumber> {
    return this.http.request({
      method: 'PATCH',
      path: pathOf(id),
      route: '/phone-number/:id',
      body,
      parse: parsePhoneNumber,
    });
  }

  /** A number that Vapi does not have counts as deleted. */
  delete(id: string): Promise<void> {
    return this.http.delete(pathOf(id), '/phone-number/:id');
  }
}

const pathOf = (id: string): string => `/phone-number/${encodeURIComponent(id)}`;
