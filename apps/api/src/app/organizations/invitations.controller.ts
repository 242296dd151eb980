import { Body, Controller, Delete, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { InvitationList, InviteBody, NewInvitationResponse } from '@voxreach/contracts';
import { CurrentUser, OrganizationId, type UserCaller } from '../access/caller';
import { Attempts, Requires, StepUp } from '../access/route-access';
import { InvitationsService } from './invitations.service';

@ApiTags('Organisation')
@Requires('members:write')
@Controller('invitations')
export class InvitationsController {
  constructor(private readonly invitations: InvitationsService) {}

  @Get()
  @ApiOkResponse({ type: InvitationList })
  list(@OrganizationId() organizationId: string): Promise<InvitationList> {
    return this.invitations.list(organizationId);
  }

  /** The answer has the link to give to the person, this one time. */
  @Post()
  @Attempts('invitation.create')
  @StepUp()
  @ApiCreatedResponse({ type: NewInvitationResponse })
  invite(@CurrentUser() user: UserCaller, @Body() body: InviteBody): Promise<NewInvitationResponse> {
    return this.invitations.invite(user, body);
  }

  @Delete(':id')
  @Attempts('invitation.revoke')
  @HttpCode(204)
  @ApiNoContentResponse()
  revoke(@CurrentUser() user: UserCaller, @Param('id') id: string): Promise<void> {
    return this.invitations.revoke(user, id);
  }
}
