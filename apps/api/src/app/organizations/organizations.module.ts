import { Module } from '@nestjs/common';
import { InvitationAcceptanceService } from './invitation-acceptance.service';
import { InvitationsController } from './invitations.controller';
import { InvitationsService } from './invitations.service';
import { MembersController } from './members.controller';
import { MembersService } from './members.service';
import { OrganizationController } from './organization.controller';
import { OrganizationsService } from './organizations.service';

@Module({
  controllers: [OrganizationController, MembersController, InvitationsController],
  providers: [OrganizationsService, MembersService, InvitationsService, InvitationAcceptanceService],
  exports: [OrganizationsService, InvitationAcceptanceService],
})
export class OrganizationsModule {}
