import { type PhoneNumberResponse, type PhoneNumberStatus, type ProviderId } from '@voxreach/contracts';
import { Prisma } from '../../generated/prisma/client';
import { adapterOf } from '../providers/registry';

/** A number with the names of what it refers to, as PHONE_NUMBER_ROWS selects it. */
export interface PhoneNumberRow {
  id: string;
  provider: string;
  number: string | null;
  sipUri: string | null;
  name: string;
  status: PhoneNumberStatus;
  attention: string | null;
  fallbackNumber: string | null;
  version: number;
  createdAt: Date;
  updatedAt: Date;
  agentId: string | null;
  agentName: string | null;
  credentialId: string | null;
  credentialName: string | null;
  vapiCredentialId: string | null;
}

/** One statement for a page or a single number; a condition follows. */
export const PHONE_NUMBER_ROWS = Prisma.sql`
  SELECT p.id, p.provider, p.number, p.sip_uri AS "sipUri", p.name, p.status::text AS status, p.attention,
    p.fallback_number AS "fallbackNumber", p.version, p.created_at AS "createdAt", p.updated_at AS "updatedAt",
    a.id AS "agentId", a.name AS "agentName",
    c.id AS "credentialId", c.name AS "credentialName", c.vapi_credential_id AS "vapiCredentialId"
  FROM phone_numbers p
  LEFT JOIN agents a ON a.organization_id = p.organization_id AND a.id = p.agent_id
  LEFT JOIN credentials c ON c.organization_id = p.organization_id AND c.id = p.credential_id`;

/** What a client may see: everything but imports that still run, unless a person has to look at them. */
export const IS_VISIBLE = Prisma.sql`(p.lifecycle <> 'creating' OR p.status = 'needs_attention')`;

/** The answer, field by field: nothing else of a row leaves. */
export function toPhoneNumberResponse(row: PhoneNumberRow, sipHost: string): PhoneNumberResponse {
  // Only rows of known providers are ever written.
  const provider = row.provider as ProviderId;
  const { sipAddress } = adapterOf(provider);
  return {
    id: row.id,
    provider,
    number: row.number,
    sipUri: row.sipUri,
    name: row.name,
    status: row.status,
    ...(row.attention === null ? {} : { attention: row.attention }),
    agent: reference(row.agentId, row.agentName),
    credential: reference(row.credentialId, row.credentialName),
    fallbackNumber: row.fallbackNumber,
    ...(sipAddress === undefined || row.vapiCredentialId === null
      ? {}
      : { sipAddress: sipAddress(row, row.vapiCredentialId, sipHost) }),
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  };
}

const reference = (id: string | null, name: string | null) =>
  id === null || name === null ? null : { id, name };
