import { Body, Controller, Get, HttpCode, Post, Req, Res, UseGuards } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import {
  AcceptInvitationBody,
  InvitationPreviewResponse,
  InvitationTokenBody,
  LoginBody,
  MeResponse,
  RegisterBody,
  SessionResponse,
  StepUpBody,
  StepUpResponse,
  SwitchOrganizationBody,
} from '@voxreach/contracts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CurrentUser, type UserCaller } from '../access/caller';
import { Attempts, Public, SignedIn, WithoutSecondFactor } from '../access/route-access';
import { AppConfig } from '../config/app-config';
import { AuthService, type StartedSession } from './auth.service';
import { RefuseForeignSitesGuard } from './refuse-foreign-sites.guard';

/** Says that there may be a session, and no more: without it the dashboard need not ask for one that will be refused. */
const SIGNED_IN_COOKIE = 'voxreach_signed_in';

/**
 * The refresh token's cookie. Over TLS browsers hold a name that begins so to what it says: set by this very host and for the whole of it, so
 * that no sister host can put in its own, and have people work in somebody else's organisation.
 */
const cookieFor = ({ secureCookies }: AppConfig) =>
  secureCookies
    ? { name: '__Host-voxreach_refresh', path: '/' }
    : { name: 'voxreach_refresh', path: '/api/auth' };

@ApiTags('Session')
@SignedIn()
@WithoutSecondFactor()
@UseGuards(RefuseForeignSitesGuard)
@Controller('auth')
export class AuthController {
  private readonly cookie: ReturnType<typeof cookieFor>;

  constructor(
    private readonly auth: AuthService,
    private readonly config: AppConfig,
  ) {
    this.cookie = cookieFor(config);
  }

  @Public()
  @Post('register')
  @Attempts('organization.create')
  @ApiCreatedResponse({ type: SessionResponse })
  async register(
    @Body() body: RegisterBody,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SessionResponse> {
    return this.answer(reply, await this.auth.register(body));
  }

  @Public()
  @Post('login')
  @Attempts('session.start')
  @HttpCode(200)
  @ApiOkResponse({ type: SessionResponse })
  async login(
    @Body() body: LoginBody,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SessionResponse> {
    return this.answer(reply, await this.auth.login(body));
  }

  /** What an invitation is for. The token comes in the body, where no log has it. */
  @Public()
  @Post('invitations/preview')
  @Attempts('member.join')
  @HttpCode(200)
  @ApiOkResponse({ type: InvitationPreviewResponse })
  previewInvitation(@Body() { token }: InvitationTokenBody): Promise<InvitationPreviewResponse> {
    return this.auth.previewInvitation(token);
  }

  @Public()
  @Post('invitations/accept')
  @Attempts('member.join')
  @HttpCode(200)
  @ApiOkResponse({ type: SessionResponse })
  async acceptInvitation(
    @Body() body: AcceptInvitationBody,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SessionResponse> {
    return this.answer(reply, await this.auth.acceptInvitation(body));
  }

  /** The refresh token comes in the cookie and is spent; its successor goes out the same way. */
  @Public()
  @Post('refresh')
  @HttpCode(200)
  @ApiOkResponse({ type: SessionResponse })
  async refresh(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SessionResponse> {
    return this.answer(reply, await this.auth.refresh(request.cookies[this.cookie.name]));
  }

  @Post('logout')
  @Attempts('session.end')
  @HttpCode(204)
  @ApiNoContentResponse()
  async logout(
    @Req() request: FastifyRequest,
    @CurrentUser() user: UserCaller,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    await this.auth.logout(request.cookies[this.cookie.name], user);
    void reply
      .clearCookie(this.cookie.name, { path: this.cookie.path, secure: this.config.secureCookies })
      .clearCookie(SIGNED_IN_COOKIE, { path: '/', secure: this.config.secureCookies });
  }

  /** Goes over to another organisation that the person belongs to. */
  @Post('switch')
  @Attempts('session.switch')
  @HttpCode(200)
  @ApiOkResponse({ type: SessionResponse })
  switch(
    @CurrentUser() user: UserCaller,
    @Body() { organizationId }: SwitchOrganizationBody,
  ): Promise<SessionResponse> {
    return this.auth.switchTo(user, organizationId);
  }

  /** Proves once more who the person is; counts for 15 minutes, as signing in does. */
  @Post('step-up')
  @Attempts('session.step_up')
  @HttpCode(200)
  @ApiOkResponse({ type: StepUpResponse })
  stepUp(@CurrentUser() user: UserCaller, @Body() body: StepUpBody): Promise<StepUpResponse> {
    return this.auth.stepUp(user, body);
  }

  @Get('me')
  @ApiOkResponse({ type: MeResponse })
  me(@CurrentUser() user: UserCaller): Promise<MeResponse> {
    return this.auth.me(user);
  }

  private answer(reply: FastifyReply, { session, refreshToken }: StartedSession): SessionResponse {
    const options = {
      sameSite: 'strict',
      secure: this.config.secureCookies,
      // The server knows when the session ends. The cookie may not end before: a session goes on when its person proves who they are.
      maxAge: this.config.session.idleMs / 1_000,
    } as const;
    void reply
      .header('cache-control', 'no-store')
      .setCookie(this.cookie.name, refreshToken, { ...options, path: this.cookie.path, httpOnly: true })
      .setCookie(SIGNED_IN_COOKIE, '1', { ...options, path: '/' });
    return session;
  }
}
