import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { CreateCredentialBody, CredentialPage, CredentialResponse, PageQuery } from '@voxreach/contracts';
import type { FastifyReply } from 'fastify';
import { OrganizationId } from '../access/caller';
import { Attempts, Requires, StepUp } from '../access/route-access';
import { CredentialsService } from './credentials.service';

@ApiTags('Credentials')
@Controller('credentials')
export class CredentialsController {
  constructor(private readonly credentials: CredentialsService) {}

  @Get()
  @Requires('credentials:read')
  @ApiOkResponse({ type: CredentialPage })
  list(@OrganizationId() organizationId: string, @Query() query: PageQuery): Promise<CredentialPage> {
    return this.credentials.list(organizationId, query);
  }

  @Post()
  @Requires('credentials:write')
  @Attempts('credential.create')
  @ApiCreatedResponse({ type: CredentialResponse })
  create(
    @OrganizationId() organizationId: string,
    @Body() body: CreateCredentialBody,
  ): Promise<CredentialResponse> {
    return this.credentials.create(organizationId, body);
  }

  /**
   * For a credential that needs attention: tries once more to settle what was interrupted. Answers with the credential, or 204 when
   * settling it meant that it is gone.
   */
  @Post(':id/retry')
  @Requires('credentials:write')
  @Attempts('credential.retry')
  @HttpCode(200)
  @ApiOkResponse({ type: CredentialResponse })
  @ApiNoContentResponse()
  async retry(
    @OrganizationId() organizationId: string,
    @Param('id') id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CredentialResponse | undefined> {
    const credential = await this.credentials.retry(organizationId, id);
    if (credential === undefined) void reply.status(204);
    return credential;
  }

  @Delete(':id')
  @Requires('credentials:write')
  @Attempts('credential.remove')
  @StepUp()
  @HttpCode(204)
  @ApiNoContentResponse()
  remove(@OrganizationId() organizationId: string, @Param('id') id: string): Promise<void> {
    return this.credentials.remove(organizationId, id);
  }
}
