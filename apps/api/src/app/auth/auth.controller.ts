import { Body, Controller, Get, HttpCode, Post, Req, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { LoginBody, MeResponse, RegisterBody, SessionResponse } from '@voxreach/contracts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AppConfig } from '../config/app-config';
import { AuthService, type StartedSession } from './auth.service';
import { REFRESH_TOKEN_LIFETIME_MS } from './refresh-tokens.service';
import { CurrentSession, Public, type Session } from './session';

const COOKIE = 'voxreach_refresh';
const COOKIE_PATH = '/api/auth';

@ApiTags('Session')
@Controller('auth')
export class AuthController {
  constructor(
    private readonly auth: AuthService,
    private readonly config: AppConfig,
  ) {}

  @Public()
  @Post('register')
  @ApiCreatedResponse({ type: SessionResponse })
  async register(
    @Body() body: RegisterBody,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SessionResponse> {
    return this.answer(reply, await this.auth.register(body));
  }

  @Public()
  @Post('login')
  @HttpCode(200)
  @ApiOkResponse({ type: SessionResponse })
  async login(
    @Body() body: LoginBody,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SessionResponse> {
    return this.answer(reply, await this.auth.login(body));
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
    return this.answer(reply, await this.auth.refresh(request.cookies[COOKIE]));
  }

  @Post('logout')
  @HttpCode(204)
  @ApiNoContentResponse()
  async logout(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    await this.auth.logout(request.cookies[COOKIE]);
    void reply.clearCookie(COOKIE, { path: COOKIE_PATH });
  }

  @Get('me')
  @ApiOkResponse({ type: MeResponse })
  me(@CurrentSession() session: Session): Promise<MeResponse> {
    return this.auth.me(session);
  }

  private answer(reply: FastifyReply, { session, refreshToken }: StartedSession): SessionResponse {
    void reply.header('cache-control', 'no-store').setCookie(COOKIE, refreshToken, {
      httpOnly: true,
      sameSite: 'strict',
      secure: this.config.secureCookies,
      path: COOKIE_PATH,
      maxAge: REFRESH_TOKEN_LIFETIME_MS / 1_000,
    });
    return session;
  }
}
