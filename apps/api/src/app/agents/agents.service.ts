import { Injectable, Logger } from '@nestjs/common';
import type {
  AgentDetailResponse,
  AgentPage,
  AgentResponse,
  CreateAgentBody,
  PageQuery,
  UpdateAgentBody,
} from '@voxreach/contracts';
import { AppError, inUse, notFound } from '../common/app-error';
import { leaseUntil } from '../common/lease';
import { decodeCursor, DEFAULT_PAGE_SIZE, encodeCursor, toPage } from '../common/page';
import { upstreamUnavailable } from '../common/upstream-error';
import { AppConfig } from '../config/app-config';
import { lockLiveRow } from '../prisma/lock-live-row';
import { PrismaService } from '../prisma/prisma.service';
import { createOrFind } from '../vapi/create-or-find';
import { VapiAssistants } from '../vapi/vapi-assistants';
import { VapiError } from '../vapi/vapi.error';
import { AGENT_SELECT, toAgentResponse } from './agent.mapper';
import { instructionsOf, toAssistant, toAssistantUpdate } from './assistant.payload';

/** A row whose assistant at Vapi is to be made or removed. */
export interface AgentIntent {
  id: string;
  organizationId: string;
  vapiAssistantId: string | null;
  createdAt: Date;
}

const SORT = '-createdAt';

/** Agents: what answers calls. Each is an assistant at Vapi, which holds its words. */
@Injectable()
export class AgentsService {
  private readonly logger = new Logger(AgentsService.name);

  constructor(
    private readonly prisma: PrismaService,
    private readonly vapi: VapiAssistants,
    private readonly config: AppConfig,
  ) {}

  async list(organizationId: string, query: PageQuery): Promise<AgentPage> {
    const limit = query.limit ?? DEFAULT_PAGE_SIZE;
    const cursor = decodeCursor(query.cursor, SORT);
    const found = await this.prisma.agent.findMany({
      where: {
        organizationId,
        lifecycle: { not: 'creating' },
        ...(cursor && {
          OR: [{ createdAt: { lt: cursor.value } }, { createdAt: cursor.value, id: { lt: cursor.id } }],
        }),
      },
      orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
      take: limit + 1,
      select: AGENT_SELECT,
    });
    const { rows, nextCursor } = toPage(found, limit, ({ createdAt, id }) =>
      encodeCursor({ sort: SORT, value: createdAt.toISOString(), id }),
    );
    return { items: rows.map(toAgentResponse), nextCursor };
  }

  /** @throws AppError NOT_FOUND, UPSTREAM_UNAVAILABLE */
  async get(organizationId: string, id: string): Promise<AgentDetailResponse> {
    const { vapiAssistantId, ...row } = await this.find(organizationId, id);
    const assistant = await this.ask(() => this.vapi.get(vapiAssistantId));
    return {
      ...toAgentResponse(row),
      firstMessage: assistant.firstMessage ?? null,
      systemPrompt: instructionsOf(assistant),
    };
  }

  /** @throws AppError PROVIDER_REJECTED, UPSTREAM_UNAVAILABLE */
  async create(organizationId: string, body: CreateAgentBody): Promise<AgentResponse> {
    const intent = await this.prisma.agent.create({
      data: { organizationId, name: body.name, leaseUntil: leaseUntil(this.config) },
    });
    try {
      const payload = toAssistant(body, intent.id, this.config.vapi.assistantModel);
      const { id: vapiAssistantId } = await createOrFind(
        () => this.vapi.create(payload),
        () => this.vapi.find(intent.id, intent.createdAt),
      );
      const row = await this.prisma.agent.update({
        where: { id: intent.id },
        data: { vapiAssistantId, lifecycle: 'live', leaseUntil: null },
        select: AGENT_SELECT,
      });
      return toAgentResponse(row);
    } catch (error) {
      await this.undo(intent, error);
      throw error instanceof VapiError ? failure(error) : error;
    }
  }

  /** @throws AppError NOT_FOUND, PROVIDER_REJECTED, UPSTREAM_UNAVAILABLE */
  async update(organizationId: string, id: string, body: UpdateAgentBody): Promise<AgentResponse> {
    const { vapiAssistantId, ...row } = await this.find(organizationId, id);
    if (Object.values(body).every((value) => value === undefined)) return toAgentResponse(row);
    const key = { organizationId_id: { organizationId, id } };
    await this.prisma.agent.update({
      where: key,
      data: { lifecycle: 'updating', leaseUntil: leaseUntil(this.config) },
    });
    try {
      const current =
        body.systemPrompt === undefined ? undefined : (await this.vapi.get(vapiAssistantId)).model;
      await this.vapi.update(
        vapiAssistantId,
        toAssistantUpdate(body, current ?? this.config.vapi.assistantModel),
      );
    } catch (error) {
      if (!(error instanceof VapiError)) throw error;
      // With an unknown outcome, recovery sets the name at Vapi back to ours.
      if (!error.mayHaveActed)
        await this.prisma.agent.update({ where: key, data: { lifecycle: 'live', leaseUntil: null } });
      throw failure(error);
    }
    const updated = await this.prisma.agent.update({
      where: key,
      data: { name: body.name, lifecycle: 'live', leaseUntil: null, updatedAt: new Date() },
      select: AGENT_SELECT,
    });
    return toAgentResponse(updated);
  }

  /** @throws AppError NOT_FOUND, CONFLICT with the numbers it answers, UPSTREAM_UNAVAILABLE */
  async remove(organizationId: string, id: string): Promise<void> {
    const agent = await this.prisma.$transaction(async (tx) => {
      const live = await lockLiveRow(tx, 'agents', organizationId, id, 'UPDATE');
      if (live === undefined) throw notFound('agent');
      const usedBy = await tx.phoneNumber.findMany({
        where: { organizationId, agentId: id },
        select: { id: true, name: true },
        orderBy: { createdAt: 'desc' },
        take: 100,
      });
      if (usedBy.length > 0) throw inUse('agent', usedBy);
      return tx.agent.update({
        where: { id },
        data: { lifecycle: 'removing', leaseUntil: leaseUntil(this.config) },
      });
    });
    try {
      await this.discard(agent, { look: true });
    } catch (error) {
      throw error instanceof VapiError ? await this.removalFailed(agent, error) : error;
    }
  }

  /**
   * Settles an interrupted operation: a creation or removal ends with nothing left, a change with the name that the row has.
   * @throws VapiError
   */
  async settle(id: string): Promise<void> {
    const row = await this.prisma.agent.findUnique({ where: { id } });
    if (row === null) return;
    if (row.lifecycle !== 'updating' || row.vapiAssistantId === null)
      return this.discard(row, { look: true });
    await this.vapi.update(row.vapiAssistantId, { name: row.name });
    await this.prisma.agent.updateMany({
      where: { id, lifecycle: 'updating' },
      data: { lifecycle: 'live', leaseUntil: null, attempts: 0 },
    });
  }

  /**
   * Removes the assistant at Vapi, then the row. `look` searches Vapi for one whose id we never learned.
   * @throws VapiError when Vapi cannot be asked; the row then stays
   */
  async discard(
    { id, organizationId, vapiAssistantId, createdAt }: AgentIntent,
    { look }: { look: boolean },
  ): Promise<void> {
    const vapiId = vapiAssistantId ?? (look ? (await this.vapi.find(id, createdAt))?.id : undefined);
    if (vapiId !== undefined) await this.vapi.delete(vapiId);
    await this.prisma.agent.deleteMany({ where: { id, organizationId } });
  }

  /** Takes back a failed creation. What cannot be settled now stays on the row, for recovery. */
  private async undo(intent: AgentIntent, error: unknown): Promise<void> {
    const facts = { agentId: intent.id, organizationId: intent.organizationId };
    if (error instanceof VapiError && error.mayHaveActed) {
      this.logger.warn(
        facts,
        'The outcome of an agent is unknown; recovery will look again and take it back',
      );
      return;
    }
    try {
      // After a failure of our own, Vapi may hold more than the row says.
      await this.discard(intent, { look: !(error instanceof VapiError) });
    } catch (failure) {
      this.logger.warn({ ...facts, err: failure }, 'An agent could not be taken back; recovery will');
    }
  }

  /** A refusal leaves the agent as it was; an unknown outcome leaves the removal to recovery. */
  private async removalFailed({ id }: AgentIntent, error: VapiError): Promise<AppError> {
    if (error.mayHaveActed) {
      return upstreamUnavailable(
        error,
        'The agent is marked for removal, which will be finished as soon as possible.',
      );
    }
    await this.prisma.agent.update({ where: { id }, data: { lifecycle: 'live', leaseUntil: null } });
    return failure(error);
  }

  private async find(organizationId: string, id: string) {
    const row = await this.prisma.agent.findFirst({
      where: { organizationId, id, lifecycle: { not: 'creating' } },
      select: { ...AGENT_SELECT, vapiAssistantId: true },
    });
    if (row?.vapiAssistantId == null) throw notFound('agent');
    return { ...row, vapiAssistantId: row.vapiAssistantId };
  }

  private async ask<T>(call: () => Promise<T>): Promise<T> {
    try {
      return await call();
    } catch (error) {
      throw error instanceof VapiError ? failure(error) : error;
    }
  }
}

const failure = (error: VapiError): AppError =>
  error.kind === 'rejected'
    ? new AppError('PROVIDER_REJECTED', `Vapi did not accept this: ${error.messages.join(' ')}`, {
        cause: error,
      })
    : upstreamUnavailable(error);
