import { Body, Controller, Get, Patch } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { OrganizationResponse, UpdateOrganizationBody, UpdateSecurityBody } from '@voxreach/contracts';
import { CurrentUser, OrganizationId, type UserCaller } from '../access/caller';
import { Attempts, Requires, StepUp } from '../access/route-access';
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
  /** What members need to sign in; counts for everybody from the next request on. */
  @Patch('security')
  @Requires('security:write')
  @Attempts('organization.security')
  @StepUp()
  @ApiOkResponse({ type: OrganizationResponse })
  updateSecurity(
    @CurrentUser() user: UserCaller,
    @Body() body: UpdateSecurityBody,
  ): Promise<OrganizationResponse> {
    return this.organizations.updateSecurity(user, body);
  }
}
