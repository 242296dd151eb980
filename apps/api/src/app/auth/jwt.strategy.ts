import { createSecretKey } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import { ExtractJwt, Strategy } from 'passport-jwt';
import type { UserCaller } from '../access/caller';
import { UUID } from '../common/uuid';
import { AppConfig } from '../config/app-config';
import { SessionsService } from './sessions.service';

/** What an access token says: who, in which session, for which organisation. What the person may do there is looked up. */
export interface AccessTokenClaims {
  sub: string;
  sid: string;
  org: string;
}

@Injectable()
export class JwtStrategy extends PassportStrategy(Strategy) {
  constructor(
    config: AppConfig,
    private readonly sessions: SessionsService,
  ) {
    super({
      jwtFromRequest: ExtractJwt.fromAuthHeaderAsBearerToken(),
      // A text would be tried as a public key first, at every request. The types do not know of keys; the library takes them.
      secretOrKey: createSecretKey(config.jwtSecret, 'utf8') as unknown as Buffer,
      algorithms: ['HS256'],
    });
  }

  /** @throws AppError UNAUTHENTICATED */
  async validate({ sub, sid, org }: Partial<AccessTokenClaims>): Promise<UserCaller | false> {
    const claims = { sub, sid, org };
    return isWhole(claims) ? this.sessions.callerOf(claims) : false;
  }
}

const isWhole = (claims: Partial<AccessTokenClaims>): claims is AccessTokenClaims =>
  [claims.sub, claims.sid, claims.org].every((id) => typeof id === 'string' && UUID.test(id));
