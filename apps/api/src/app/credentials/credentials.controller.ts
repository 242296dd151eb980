import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { CreateCredentialBody, CredentialPage, CredentialResponse, PageQuery } from '@voxreach/contracts';
import { OrganizationId } from '../auth/session';
import { CredentialsService } from './credentials.service';

@ApiTags('Credentials')
@Controller('credentials')
export class CredentialsController {
  constructor(private readonly credentials: CredentialsService) {}

  @Get()
  @ApiOkResponse({ type: CredentialPage })
  list(@OrganizationId() organizationId: string, @Query() query: PageQuery): Promise<CredentialPage> {
    return this.credentials.list(organizationId, query);
  }

  @Post()
  @ApiCreatedResponse({ type: CredentialResponse })
  create(
    @OrganizationId() organizationId: string,
    @Body() body: CreateCredentialBody,
  ): Promise<CredentialResponse> {
    return this.credentials.create(organizationId, body);
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiNoContentResponse()
  remove(@OrganizationId() organizationId: string, @Param('id') id: string): Promise<void> {
    return this.credentials.remove(organizationId, id);
  }
}
