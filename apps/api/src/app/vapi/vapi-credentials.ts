import { Injectable } from '@nestjs/common';
import { hasTag } from '../common/vapi-name';
import { VapiHttp } from './vapi.http';
import type { CreateCredentialPayload, UpdateCredentialPayload } from './vapi.payloads';
import { parseCredential, parseList, type VapiCredential } from './vapi.responses';

/**
 * The one class that knows `/credential`. The path works but has left Vapi's published reference, so whatever
 * changes there is mended here. Every method throws VapiError.
 */
@Injectable()
export class VapiCredentials {
  constructor(private readonly http: VapiHttp) {}

  create(body: CreateCredentialPayload): Promise<VapiCredential> {
    return this.http.request({
      method: 'POST',
      path: '/credential',
      route: '/credential',
      body,
      parse: parseCredential,
    });
  }

  list(): Promise<VapiCredential[]> {
    return this.http.request({
      method: 'GET',
      path: '/credential?limit=1000',
      route: '/credential',
      parse: parseList(parseCredential),
    });
  }

  /** The credential that was made for our row, known by the mark in its name; nothing else of the list is used. */
  async find(id: string): Promise<VapiCredential | undefined> {
    return (await this.list()).find(({ name }) => hasTag(name, id));
  }

  /** Changes what is given. */
  update(id: string, body: UpdateCredentialPayload): Promise<VapiCredential> {
    return this.http.request({
      method: 'PATCH',
      path: `/credential/${encodeURIComponent(id)}`,
      route: '/credential/:id',
      body,
      parse: parseCredential,
    });
  }

  /** A credential that Vapi does not have counts as deleted. */
  delete(id: string): Promise<void> {
    return this.http.delete(`/credential/${encodeURIComponent(id)}`, '/credential/:id');
  }
}
