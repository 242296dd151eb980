import { Body, Controller, Delete, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { ApiKeyList, CreateApiKeyBody, NewApiKeyResponse } from '@voxreach/contracts';
import { CurrentUser, OrganizationId, type UserCaller } from '../access/caller';
import { Attempts, Requires, StepUp } from '../access/route-access';
import { ApiKeysService } from './api-keys.service';

@ApiTags('API keys')
@Controller('api-keys')
export class ApiKeysController {
  constructor(private readonly apiKeys: ApiKeysService) {}

  @Get()
  @Requires('api-keys:read')
  @ApiOkResponse({ type: ApiKeyList })
  list(@OrganizationId() organizationId: string): Promise<ApiKeyList> {
    return this.apiKeys.list(organizationId);
  }

  /** The answer has the key, this one time. */
  @Post()
  @Requires('api-keys:write')
  @Attempts('api_key.create')
  @StepUp()
  @ApiCreatedResponse({ type: NewApiKeyResponse })
  create(@CurrentUser() user: UserCaller, @Body() body: CreateApiKeyBody): Promise<NewApiKeyResponse> {
    return this.apiKeys.create(user, body);
  }

  @Delete(':id')
  @Requires('api-keys:write')
  @Attempts('api_key.revoke')
  @HttpCode(204)
  @ApiNoContentResponse()
  revoke(@OrganizationId() organizationId: string, @Param('id') id: string): Promise<void> {
    return this.apiKeys.revoke(organizationId, id);
  }
}
