import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { CreateCredentialBody, CredentialPage, CredentialResponse, PageQuery } from '@voxreach/contracts';
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
