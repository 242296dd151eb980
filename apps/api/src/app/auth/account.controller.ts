import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, UseGuards } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import {
  AccountDataResponse,
  ChangePasswordBody,
  ConfirmSecondFactorBody,
  DeleteAccountBody,
  RecoveryCodesResponse,
  SecondFactorSetupResponse,
  SecurityNoticeList,
  SeenSecurityNoticesBody,
  SessionUser,
  SignedInSessionList,
  UpdateProfileBody,
} from '@voxreach/contracts';
import { CurrentUser, type UserCaller } from '../access/caller';
import { Attempts, SignedIn, StepUp, WithoutSecondFactor } from '../access/route-access';
import { asIdentity } from '../prisma/scope';
import { AccountRemovalService } from './account-removal.service';
import { AccountService } from './account.service';
import { RefuseForeignSitesGuard } from './refuse-foreign-sites.guard';
import { SecondFactorService } from './second-factor.service';
import { SecurityNoticesService } from './security-notices.service';
import { SessionsService } from './sessions.service';

@ApiTags('Account')
@SignedIn()
@WithoutSecondFactor()
@UseGuards(RefuseForeignSitesGuard)
@Controller('auth')
export class AccountController {
  constructor(
    private readonly account: AccountService,
    private readonly removal: AccountRemovalService,
    private readonly sessions: SessionsService,
    private readonly secondFactor: SecondFactorService,
    private readonly notices: SecurityNoticesService,
  ) {}

  @Patch('profile')
  @Attempts('user.update')
  @ApiOkResponse({ type: SessionUser })
  updateProfile(@CurrentUser() user: UserCaller, @Body() body: UpdateProfileBody): Promise<SessionUser> {
    return asIdentity(() => this.account.updateProfile(user, body));
  }

  /** Ends the person's other sessions. */
  @Post('password')
  @Attempts('user.password')
  @HttpCode(204)
  @ApiNoContentResponse()
  changePassword(@CurrentUser() user: UserCaller, @Body() body: ChangePasswordBody): Promise<void> {
    return asIdentity(() => this.account.changePassword(user, body));
  }

  /** All that is kept of the person themselves. */
  @Get('account')
  @ApiOkResponse({ type: AccountDataResponse })
  readAccount(@CurrentUser() user: UserCaller): Promise<AccountDataResponse> {
    return asIdentity(() => this.account.read(user));
  }

  /** Deletes the account. Audit trails keep what the person did, under the name of then. */
  @Post('account/removal')
  @Attempts('user.remove')
  @StepUp()
  @HttpCode(204)
  @ApiNoContentResponse()
  deleteAccount(@CurrentUser() user: UserCaller, @Body() body: DeleteAccountBody): Promise<void> {
    return asIdentity(() => this.removal.remove(user, body));
  }

  @Get('sessions')
  @ApiOkResponse({ type: SignedInSessionList })
  listSessions(@CurrentUser() user: UserCaller): Promise<SignedInSessionList> {
    return asIdentity(() => this.sessions.list(user));
  }

  /** Ends all sessions but this one. */
  @Delete('sessions')
  @Attempts('session.end')
  @HttpCode(204)
  @ApiNoContentResponse()
  endOtherSessions(@CurrentUser() user: UserCaller): Promise<void> {
    return asIdentity(() => this.account.endOtherSessions(user));
  }

  @Delete('sessions/:id')
  @Attempts('session.end')
  @HttpCode(204)
  @ApiNoContentResponse()
  endSession(@CurrentUser() user: UserCaller, @Param('id') id: string): Promise<void> {
    return asIdentity(() => this.sessions.end(user, id));
  }

  /** What happened to the person's account that may have been somebody else, of the last 90 days. */
  @Get('security-notices')
  @ApiOkResponse({ type: SecurityNoticeList })
  listSecurityNotices(@CurrentUser() { id }: UserCaller): Promise<SecurityNoticeList> {
    return asIdentity(() => this.notices.list(id));
  }

  @Post('security-notices/seen')
  @Attempts('user.update')
  @HttpCode(204)
  @ApiNoContentResponse()
  markSecurityNoticesSeen(
    @CurrentUser() { id }: UserCaller,
    @Body() { until }: SeenSecurityNoticesBody,
  ): Promise<void> {
    return asIdentity(() => this.notices.markSeen(id, new Date(until)));
  }

  /** Begins to set up an authenticator app; it counts once a code of it was confirmed. */
  @Post('second-factor')
  @Attempts('user.second_factor')
  @StepUp()
  @ApiCreatedResponse({ type: SecondFactorSetupResponse })
  beginSecondFactor(@CurrentUser() user: UserCaller): Promise<SecondFactorSetupResponse> {
    return asIdentity(() => this.secondFactor.begin(user));
  }

  @Post('second-factor/confirm')
  @Attempts('user.second_factor')
  @HttpCode(200)
  @ApiOkResponse({ type: RecoveryCodesResponse })
  confirmSecondFactor(
    @CurrentUser() user: UserCaller,
    @Body() { code }: ConfirmSecondFactorBody,
  ): Promise<RecoveryCodesResponse> {
    return asIdentity(() => this.secondFactor.confirm(user, code));
  }

  /** New recovery codes instead of the ones before. */
  @Post('second-factor/recovery-codes')
  @Attempts('user.recovery_codes')
  @StepUp()
  @HttpCode(200)
  @ApiOkResponse({ type: RecoveryCodesResponse })
  replaceRecoveryCodes(@CurrentUser() user: UserCaller): Promise<RecoveryCodesResponse> {
    return asIdentity(() => this.secondFactor.replaceRecoveryCodes(user));
  }

  @Delete('second-factor')
  @Attempts('user.second_factor_removed')
  @StepUp()
  @HttpCode(204)
  @ApiNoContentResponse()
  removeSecondFactor(@CurrentUser() user: UserCaller): Promise<void> {
    return asIdentity(() => this.secondFactor.remove(user));
  }
}
