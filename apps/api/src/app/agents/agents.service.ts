import { Injectable } from '@nestjs/common';
import type {
  AgentDetailResponse,
  AgentPage,
  AgentResponse,
  CreateAgentBody,
  PageQuery,
  UpdateAgentBody,
} from '@voxreach/contracts';
import { AuditService, changed } from '../audit/audit.service';
import { AppError, needsAttention, notFound } from '../common/app-error';
import { newestFirst } from '../common/newest-first';
import { noLongerThere, notAdded, upstreamUnavailable } from '../common/upstream-error';
import { AppConfig } from '../config/app-config';
import { QuotasService } from '../limits/quotas.service';
import { ClaimLostError } from '../prisma/claim';
import { ClaimsService } from '../prisma/claims.service';
import { IS_VISIBLE, lockToChange } from '../prisma/lock-row';
import { PrismaService } from '../prisma/prisma.service';
import { SETTLED } from '../prisma/settled';
import { type ReferableClaim, ReferablesService } from '../referables/referables.service';
import { createOrFind } from '../vapi/create-or-find';
import { VapiAssistants } from '../vapi/vapi-assistants';
import { VapiError } from '../vapi/vapi.error';
import { AGENT_SELECT, toAgentResponse } from './agent.mapper';
import { instructionsOf, toAssistant, toAssistantUpdate } from './assistant.payload';

/** Agents: what answers calls. Each is an assistant at Vapi, which holds its words. */
@Injectable()
export class AgentsService {
  constructor(
    private readonly prisma: PrismaService,
    private readonly vapi: VapiAssistants,
    private readonly claims: ClaimsService,
    private readonly referables: ReferablesService,
    private readonly quotas: QuotasService,
    private readonly audit: AuditService,
    private readonly config: AppConfig,
  ) {}

  async list(organizationId: string, query: PageQuery): Promise<AgentPage> {
    const { after, orderBy, take, page } = newestFirst(query);
    const found = await this.prisma.agent.findMany({
      where: { organizationId, ...IS_VISIBLE, ...after },
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
      where: { organizationId, id, ...IS_VISIBLE },
      select: { ...AGENT_SELECT, vapiAssistantId: true },
    });
    if (row === null) throw notFound('agent');
    // Creating it was interrupted before its counterpart was known.
    if (row.vapiAssistantId === null) {
      return { ...toAgentResponse(row), firstMessage: null, systemPrompt: null };
    }
    const assistant = await this.vapi.get(row.vapiAssistantId).catch((error: unknown) => {
      throw error instanceof VapiError ? failure(error, 'Nothing was changed.') : error;
    });
    return {
      ...toAgentResponse(row),
      firstMessage: assistant.firstMessage ?? null,
      systemPrompt: instructionsOf(assistant),
    };
  }

  /** @throws AppError CONFLICT, PROVIDER_REJECTED, UPSTREAM_UNAVAILABLE */
  async create(organizationId: string, body: CreateAgentBody): Promise<AgentResponse> {
    const intent = await this.prisma.$transaction(async (tx) => {
      await this.quotas.refuseOneMore(tx, organizationId, 'agents');
      return tx.agent.create({ data: { organizationId, name: body.name, ...this.claims.begin() } });
    });
    const claim = this.claims.of('agents', intent);
    const payload = toAssistant(body, intent.id, this.config.vapi.assistantModel);
    try {
      const { id: vapiAssistantId } = await createOrFind(
        () => this.vapi.create(payload),
        () => this.vapi.find(intent.id, intent.createdAt),
      );
      await this.prisma
        .$transaction(async (tx) => {
          const data = { ...SETTLED, vapiAssistantId };
          claim.confirm(await tx.agent.updateMany({ where: claim.where, data }));
          await this.audit.record(tx, organizationId, {
            action: 'agent.create',
            target: { type: 'agent', id: intent.id, name: body.name },
            after: { name: body.name },
          });
        })
        .catch(async (error: unknown) => {
          // Recovery has taken the row without knowing of what has just been made.
          if (error instanceof ClaimLostError) await this.vapi.delete(vapiAssistantId);
          throw error;
        });
    } catch (error) {
      await this.referables.undo(claim, error);
      throw error instanceof VapiError ? failure(error, notAdded(error)) : error;
    }
    return this.read(organizationId, intent.id);
  }

  /** @throws AppError NOT_FOUND, CONFLICT, PROVIDER_REJECTED, UPSTREAM_UNAVAILABLE */
  async update(organizationId: string, id: string, body: UpdateAgentBody): Promise<AgentResponse> {
    const begun = await this.beginUpdate(organizationId, id, body);
    if (begun === undefined) return this.read(organizationId, id);
    const { claim, vapiAssistantId, nameBefore } = begun;
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
    await this.prisma.$transaction(async (tx) => {
      const data = { ...SETTLED, name: body.name, updatedAt: new Date() };
      claim.confirm(await tx.agent.updateMany({ where: claim.where, data }));
      await this.audit.record(tx, organizationId, {
        action: 'agent.update',
        target: { type: 'agent', id, name: body.name ?? nameBefore },
        ...changed({ name: nameBefore, ...wordsOf({}) }, { name: body.name, ...wordsOf(body) }),
      });
    });
    return this.read(organizationId, id);
  }

  /** @throws AppError NOT_FOUND, CONFLICT with the numbers it answers, PROVIDER_REJECTED, UPSTREAM_UNAVAILABLE */
  remove(organizationId: string, id: string): Promise<void> {
    return this.referables.remove('agents', organizationId, id);
  }

  /**
   * Settles an agent that needs attention now. Undefined when that meant its end.
   * @throws AppError NOT_FOUND, CONFLICT when it needs no attention, UPSTREAM_UNAVAILABLE
   */
  async retry(organizationId: string, id: string): Promise<AgentResponse | undefined> {
    await this.referables.retry('agents', organizationId, id, (claim) =>
      this.settle(claim, { isAsked: true }),
    );
    return this.find(organizationId, id);
  }

  /**
   * Settles an interrupted operation: a creation or removal ends with nothing left. A change is one step at Vapi, which alone has the
   * agent's words, so what Vapi has holds.
   * @throws VapiError, ClaimLostError
   */
  async settle(claim: ReferableClaim, { isAsked = false } = {}): Promise<void> {
    if (claim.lifecycle !== 'updating') return this.referables.discard(claim, { look: true });
    const row = await this.prisma.agent.findFirst({ where: claim.where });
    const name = row?.vapiAssistantId == null ? undefined : (await this.vapi.get(row.vapiAssistantId)).name;
    const data = {
      ...SETTLED,
      attention: null,
      name,
      ...(name === undefined || name === row?.name ? {} : { updatedAt: new Date() }),
    };
    await this.prisma.$transaction(async (tx) => {
      claim.confirm(await tx.agent.updateMany({ where: claim.where, data }));
      const isChanged = name !== undefined && name !== row?.name;
      if (row === null || (!isChanged && !isAsked)) return;
      await this.audit.record(tx, claim.organizationId, {
        action: isAsked ? 'agent.retry' : 'agent.update',
        target: { type: 'agent', id: claim.id, name: name ?? row.name },
        ...(isChanged ? changed({ name: row.name }, { name }) : {}),
      });
    });
  }

  /** Claims an agent for a change; undefined when there is nothing to change. */
  private async beginUpdate(organizationId: string, id: string, body: UpdateAgentBody) {
    return this.prisma.$transaction(async (tx) => {
      const locked = await lockToChange(tx, 'agents', organizationId, id);
      if (Object.values(body).every((value) => value === undefined)) return undefined;
      if (locked.vapiId === null || locked.lifecycle !== 'live') throw needsAttention('agent');
      const data = { lifecycle: 'updating', ...this.claims.begin() } as const;
      const row = await tx.agent.update({ where: { organizationId_id: { organizationId, id } }, data });
      return { claim: this.claims.of('agents', row), vapiAssistantId: locked.vapiId, nameBefore: row.name };
    });
  }

  private async read(organizationId: string, id: string): Promise<AgentResponse> {
    const agent = await this.find(organizationId, id);
    if (agent === undefined) throw notFound('agent');
    return agent;
  }

  private async find(organizationId: string, id: string): Promise<AgentResponse | undefined> {
    const row = await this.prisma.agent.findFirst({ where: { organizationId, id }, select: AGENT_SELECT });
    return row === null ? undefined : toAgentResponse(row);
  }
}

/** Vapi alone has an agent's words: the audit trail says that they changed, not how. */
const wordsOf = ({ firstMessage, systemPrompt }: Pick<UpdateAgentBody, 'firstMessage' | 'systemPrompt'>) => ({
  firstMessage: firstMessage === undefined ? undefined : 'changed',
  systemPrompt: systemPrompt === undefined ? undefined : 'changed',
});

function failure(error: VapiError, happened: string): AppError {
  if (error.kind === 'rejected') {
    return new AppError('PROVIDER_REJECTED', `Vapi did not accept this: ${error.messages.join(' ')}`, {
      cause: error,
    });
  }
  if (error.kind === 'not_found') return noLongerThere('agent', error);
  return upstreamUnavailable(error, happened);
}
