import { Injectable, Logger } from '@nestjs/common';
import type {
  AgentDetailResponse,
  AgentPage,
  AgentResponse,
  CreateAgentBody,
  PageQuery,
  UpdateAgentBody,
} from '@voxreach/contracts';
import { AppError, busy, inUse, notFound } from '../common/app-error';
import { newestFirst } from '../common/newest-first';
import { notAdded, removalFailed, upstreamUnavailable } from '../common/upstream-error';
import { AppConfig } from '../config/app-config';
import { type Claim, ClaimLostError } from '../prisma/claim';
import { ClaimsService } from '../prisma/claims.service';
import { lockRow } from '../prisma/lock-row';
import { PrismaService } from '../prisma/prisma.service';
import { SETTLED } from '../prisma/settled';
import { createOrFind } from '../vapi/create-or-find';
import { VapiAssistants } from '../vapi/vapi-assistants';
import { VapiError } from '../vapi/vapi.error';
import { AGENT_SELECT, toAgentResponse } from './agent.mapper';
import { instructionsOf, toAssistant, toAssistantUpdate } from './assistant.payload';

/** Agents: what answers calls. Each is an assistant at Vapi, which holds its words. */
@Injectable()
export class AgentsService {
  private readonly logger = new Logger(AgentsService.name);

  constructor(
    private readonly prisma: PrismaService,
    private readonly vapi: VapiAssistants,
    private readonly claims: ClaimsService,
    private readonly config: AppConfig,
  ) {}

  async list(organizationId: string, query: PageQuery): Promise<AgentPage> {
    const { after, orderBy, take, page } = newestFirst(query);
    const found = await this.prisma.agent.findMany({
      where: { organizationId, lifecycle: { not: 'creating' }, ...after },
      orderBy,
      take,
      select: AGENT_SELECT,
    });
    const { rows, nextCursor } = page(found);
    return { items: rows.map(toAgentResponse), nextCursor };
  }

  /** @throws AppError NOT_FOUND, CONFLICT, UPSTREAM_UNAVAILABLE */
  async get(organizationId: string, id: string): Promise<AgentDetailResponse> {
    const row = await this.prisma.agent.findFirst({
      where: { organizationId, id, lifecycle: { not: 'creating' } },
      select: { ...AGENT_SELECT, vapiAssistantId: true },
    });
    if (row?.vapiAssistantId == null) throw notFound('agent');
    const assistant = await this.vapi.get(row.vapiAssistantId).catch((error: unknown) => {
      throw error instanceof VapiError ? failure(error, 'Nothing was changed.') : error;
    });
    return {
      ...toAgentResponse(row),
      firstMessage: assistant.firstMessage ?? null,
      systemPrompt: instructionsOf(assistant),
    };
  }

  /** @throws AppError PROVIDER_REJECTED, UPSTREAM_UNAVAILABLE */
  async create(organizationId: string, body: CreateAgentBody): Promise<AgentResponse> {
    const intent = await this.prisma.agent.create({
      data: { organizationId, name: body.name, leaseUntil: this.claims.lease() },
    });
    const claim = this.claims.of('agents', intent);
    const payload = toAssistant(body, intent.id, this.config.vapi.assistantModel);
    try {
      const { id: vapiAssistantId } = await createOrFind(
        () => this.vapi.create(payload),
        () => this.vapi.find(intent.id, intent.createdAt),
      );
      const data = { ...SETTLED, vapiAssistantId };
      const { count } = await this.prisma.agent.updateMany({ where: claim.where, data });
      if (count !== 1) {
        // Recovery has taken the row without knowing of what has just been made.
        await this.vapi.delete(vapiAssistantId);
        throw new ClaimLostError();
      }
    } catch (error) {
      await this.undo(claim, error);
      throw error instanceof VapiError ? failure(error, notAdded(error)) : error;
    }
    return this.read(organizationId, intent.id);
  }

  /** @throws AppError NOT_FOUND, CONFLICT, PROVIDER_REJECTED, UPSTREAM_UNAVAILABLE */
  async update(organizationId: string, id: string, body: UpdateAgentBody): Promise<AgentResponse> {
    const begun = await this.beginUpdate(organizationId, id, body);
    if (begun === undefined) return this.read(organizationId, id);
    const { claim, vapiAssistantId } = begun;
    try {
      const current =
        body.systemPrompt === undefined ? undefined : (await this.vapi.get(vapiAssistantId)).model;
      await this.claims.renew(claim);
      await this.vapi.update(
        vapiAssistantId,
        toAssistantUpdate(body, current ?? this.config.vapi.assistantModel),
      );
    } catch (error) {
      if (!(error instanceof VapiError)) throw error;
      if (!error.mayHaveActed) await this.prisma.agent.updateMany({ where: claim.where, data: SETTLED });
      throw failure(
        error,
        error.mayHaveActed
          ? 'It is not known whether the change was made; the agent shows within minutes what holds. Check it then.'
          : 'Nothing was changed.',
      );
    }
    const data = { ...SETTLED, name: body.name, updatedAt: new Date() };
    claim.confirm(await this.prisma.agent.updateMany({ where: claim.where, data }));
    return this.read(organizationId, id);
  }

  /** @throws AppError NOT_FOUND, CONFLICT with the numbers it answers, PROVIDER_REJECTED, UPSTREAM_UNAVAILABLE */
  async remove(organizationId: string, id: string): Promise<void> {
    const row = await this.prisma.$transaction(async (tx) => {
      const locked = await lockRow(tx, 'agents', organizationId, id, 'UPDATE');
      if (locked === undefined) throw notFound('agent');
      if (locked.lifecycle !== 'live') throw busy('agent');
      const usedBy = await tx.phoneNumber.findMany({
        where: { organizationId, OR: [{ agentId: id }, { pendingAgentId: id }] },
        select: { id: true, name: true },
        orderBy: { createdAt: 'desc' },
        take: 100,
      });
      if (usedBy.length > 0) throw inUse('agent', usedBy);
      const data = { lifecycle: 'removing', leaseUntil: this.claims.lease() } as const;
      return tx.agent.update({ where: { organizationId_id: { organizationId, id } }, data });
    });
    const claim = this.claims.of('agents', row);
    try {
      await this.discard(claim, { look: true });
    } catch (error) {
      if (!(error instanceof VapiError)) throw error;
      // Only what certainly did not happen is forgotten; recovery goes on with the rest.
      if (!error.mayHaveActed) await this.prisma.agent.updateMany({ where: claim.where, data: SETTLED });
      throw removalFailed('agent', error);
    }
  }

  /**
   * Settles an interrupted operation: a creation or removal ends with nothing left. A change is one step at Vapi, which alone has the
   * agent's words, so what Vapi has holds.
   * @throws VapiError, ClaimLostError
   */
  async settle(claim: Claim): Promise<void> {
    if (claim.lifecycle !== 'updating') return this.discard(claim, { look: true });
    const row = await this.prisma.agent.findFirst({ where: claim.where });
    const name = row?.vapiAssistantId == null ? undefined : (await this.vapi.get(row.vapiAssistantId)).name;
    const data = {
      ...SETTLED,
      name,
      ...(name === undefined || name === row?.name ? {} : { updatedAt: new Date() }),
    };
    claim.confirm(await this.prisma.agent.updateMany({ where: claim.where, data }));
  }

  /** Claims an agent for a change; undefined when there is nothing to change. */
  private async beginUpdate(organizationId: string, id: string, body: UpdateAgentBody) {
    return this.prisma.$transaction(async (tx) => {
      const locked = await lockRow(tx, 'agents', organizationId, id, 'UPDATE');
      if (locked === undefined) throw notFound('agent');
      if (Object.values(body).every((value) => value === undefined)) return undefined;
      if (locked.lifecycle !== 'live') throw busy('agent');
      const data = { lifecycle: 'updating', leaseUntil: this.claims.lease() } as const;
      const row = await tx.agent.update({ where: { organizationId_id: { organizationId, id } }, data });
      return { claim: this.claims.of('agents', row), vapiAssistantId: locked.vapiId };
    });
  }

  /** Removes the assistant at Vapi, then the row. `look` searches Vapi for one whose id we never learned. */
  private async discard(claim: Claim, { look }: { look: boolean }): Promise<void> {
    await this.claims.renew(claim);
    const row = await this.prisma.agent.findFirst({ where: claim.where });
    const vapiId =
      row?.vapiAssistantId ??
      (look && row !== null ? (await this.vapi.find(row.id, row.createdAt))?.id : undefined);
    if (vapiId !== undefined) {
      await this.claims.renew(claim);
      await this.vapi.delete(vapiId);
    }
    claim.confirm(await this.prisma.agent.deleteMany({ where: claim.where }));
  }

  /** Takes back a failed creation. What cannot be settled now stays on the row, for recovery. */
  private async undo(claim: Claim, error: unknown): Promise<void> {
    const facts = { agentId: claim.id, organizationId: claim.organizationId };
    if (error instanceof ClaimLostError || (error instanceof VapiError && error.mayHaveActed)) {
      this.logger.warn(
        facts,
        'The outcome of an agent is unknown; recovery will look again and take it back',
      );
      return;
    }
    try {
      // After a failure of our own, Vapi may hold more than the row says.
      await this.discard(claim, { look: !(error instanceof VapiError) });
    } catch (cause) {
      this.logger.warn({ ...facts, err: cause }, 'An agent could not be taken back; recovery will');
    }
  }

  private async read(organizationId: string, id: string): Promise<AgentResponse> {
    const row = await this.prisma.agent.findFirst({ where: { organizationId, id }, select: AGENT_SELECT });
    if (row === null) throw notFound('agent');
    return toAgentResponse(row);
  }
}

function failure(error: VapiError, happened: string): AppError {
  if (error.kind === 'rejected') {
    return new AppError('PROVIDER_REJECTED', `Vapi did not accept this: ${error.messages.join(' ')}`, {
      cause: error,
    });
  }
  if (error.kind === 'not_found') {
    const message = 'The voice platform no longer has this agent. Remove it here and create it again.';
    return new AppError('CONFLICT', message, { cause: error });
  }
  return upstreamUnavailable(error, happened);
}
