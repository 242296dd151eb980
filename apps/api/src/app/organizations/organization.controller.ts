import { Body, Controller, Get, Patch } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { OrganizationResponse, UpdateOrganizationBody } from '@voxreach/contracts';
import { OrganizationId } from '../access/caller';
import { Attempts, Requires } from '../access/route-access';
import { OrganizationsService } from './organizations.service';

@ApiTags('Organisation')
@Controller('organization')
export class OrganizationController {
  constructor(private readonly organizations: OrganizationsService) {}

  @Get()
  @Requires('members:read')
  @ApiOkResponse({ type: OrganizationResponse })
  get(@OrganizationId() organizationId: string): Promise<OrganizationResponse> {
    return this.organizations.get(organizationId);
  }

  @Patch()
  @Requires('organization:write')
  @Attempts('organization.update')
  @ApiOkResponse({ type: OrganizationResponse })
  update(
    @OrganizationId() organizationId: string,
    @Body() body: UpdateOrganizationBody,
  ): Promise<OrganizationResponse> {
    return this.organizations.update(organizationId, body);
  }
}
