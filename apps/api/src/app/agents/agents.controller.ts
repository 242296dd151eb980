import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import {
  AgentDetailResponse,
  AgentPage,
  AgentResponse,
  CreateAgentBody,
  PageQuery,
  UpdateAgentBody,
} from '@voxreach/contracts';
import type { FastifyReply } from 'fastify';
import { OrganizationId } from '../access/caller';
import { Attempts, Requires } from '../access/route-access';
import { AgentsService } from './agents.service';

@ApiTags('Agents')
@Controller('agents')
export class AgentsController {
  constructor(private readonly agents: AgentsService) {}

  @Get()
  @Requires('agents:read')
  @ApiOkResponse({ type: AgentPage })
  list(@OrganizationId() organizationId: string, @Query() query: PageQuery): Promise<AgentPage> {
    return this.agents.list(organizationId, query);
  }

  /** The agent with its words, read from Vapi at the time of the request. */
  @Get(':id')
  @Requires('agents:read')
  @ApiOkResponse({ type: AgentDetailResponse })
  get(@OrganizationId() organizationId: string, @Param('id') id: string): Promise<AgentDetailResponse> {
    return this.agents.get(organizationId, id);
  }

  @Post()
  @Requires('agents:write')
  @Attempts('agent.create')
  @ApiCreatedResponse({ type: AgentResponse })
  create(@OrganizationId() organizationId: string, @Body() body: CreateAgentBody): Promise<AgentResponse> {
    return this.agents.create(organizationId, body);
  }

  @Patch(':id')
  @Requires('agents:write')
  @Attempts('agent.update')
  @ApiOkResponse({ type: AgentResponse })
  update(
    @OrganizationId() organizationId: string,
    @Param('id') id: string,
    @Body() body: UpdateAgentBody,
  ): Promise<AgentResponse> {
    return this.agents.update(organizationId, id, body);
  }

  /**
   * For an agent that needs attention: tries once more to settle what was interrupted. Answers with the agent, or 204 when settling it
   * meant that it is gone.
   */
  @Post(':id/retry')
  @Requires('agents:write')
  @Attempts('agent.retry')
  @HttpCode(200)
  @ApiOkResponse({ type: AgentResponse })
  @ApiNoContentResponse()
  async retry(
    @OrganizationId() organizationId: string,
    @Param('id') id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AgentResponse | undefined> {
    const agent = await this.agents.retry(organizationId, id);
    if (agent === undefined) void reply.status(204);
    return agent;
  }

  @Delete(':id')
  @Requires('agents:write')
  @Attempts('agent.remove')
  @HttpCode(204)
  @ApiNoContentResponse()
  remove(@OrganizationId() organizationId: string, @Param('id') id: string): Promise<void> {
    return this.agents.remove(organizationId, id);
  }
}
