import type { AgentResponse } from '@voxreach/contracts';

/** A row with what the answer needs of it. */
export interface AgentRow {
  id: string;
  name: string;
  attention: string | null;
  createdAt: Date;
  updatedAt: Date;
  _count: { phoneNumbers: number };
}

/** The columns of an AgentRow. */
export const AGENT_SELECT = {
  id: true,
  name: true,
  attention: true,
  createdAt: true,
  updatedAt: true,
  _count: { select: { phoneNumbers: true } },
} as const;

export const toAgentResponse = (row: AgentRow): AgentResponse => ({
  id: row.id,
  name: row.name,
  phoneNumberCount: row._count.phoneNumbers,
  attention: row.attention,
  createdAt: row.createdAt.toISOString(),
  updatedAt: row.updatedAt.toISOString(),
});
