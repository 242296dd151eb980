import { Body, Controller, Delete, Get, HttpCode, Param, Patch } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { MemberList, MemberResponse, UpdateMemberBody } from '@voxreach/contracts';
import { CurrentUser, OrganizationId, type UserCaller } from '../access/caller';
import { Attempts, Requires, SignedIn, StepUp } from '../access/route-access';
import { MembersService } from './members.service';

@ApiTags('Organisation')
@Controller('members')
export class MembersController {
  constructor(private readonly members: MembersService) {}

  @Get()
  @Requires('members:read')
  @ApiOkResponse({ type: MemberList })
  list(@OrganizationId() organizationId: string): Promise<MemberList> {
    return this.members.list(organizationId);
  }

  /** `id` is the user's. */
  @Patch(':id')
  @Requires('members:write')
  @Attempts('member.update')
  @StepUp()
  @ApiOkResponse({ type: MemberResponse })
  changeRole(
    @CurrentUser() user: UserCaller,
    @Param('id') id: string,
    @Body() { role }: UpdateMemberBody,
  ): Promise<MemberResponse> {
    return this.members.changeRole(user, id, role);
  }

  /** Removes a member; with one's own id, leaves the organisation, which everybody may. */
  @Delete(':id')
  @SignedIn()
  @Attempts('member.remove')
  @HttpCode(204)
  @ApiNoContentResponse()
  remove(@CurrentUser() user: UserCaller, @Param('id') id: string): Promise<void> {
    return this.members.remove(user, id);
  }
}
