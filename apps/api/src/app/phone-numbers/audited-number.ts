import type { PhoneNumber } from '../../generated/prisma/client';
import type { AuditedTarget } from '../audit/audit.service';

/** A number as the audit trail names it. */
export const auditedNumber = ({ id, name }: Pick<PhoneNumber, 'id' | 'name'>): AuditedTarget => ({
  type: 'phone_number',
  id,
  name,
});

/** What the audit trail tells of a number. */
export const auditedFields = (
  row: Pick<
    PhoneNumber,
    'provider' | 'number' | 'sipUri' | 'name' | 'agentId' | 'credentialId' | 'fallbackNumber'
  >,
) => ({
  provider: row.provider,
  number: row.number,
  sipUri: row.sipUri,
  name: row.name,
  agentId: row.agentId,
  credentialId: row.credentialId,
  fallbackNumber: row.fallbackNumber,
});
