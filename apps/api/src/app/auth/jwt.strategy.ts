import type { KeyObject } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import { ExtractJwt, Strategy } from 'passport-jwt';
import type { UserCaller } from '../access/caller';
import { UUID } from '../common/uuid';
import { AppConfig } from '../config/app-config';
import type { KeyRing } from '../config/key-ring';
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
      secretOrKeyProvider: (_request, token: string, done) => {
        const key = keyOf(token, config.keys);
        // The types do not know of keys; the library takes them. A text would be tried as a public key first, at every request.
        if (key === undefined) done(new Error('The secret of this token is gone'));
        else done(null, key as unknown as Buffer);
      },
      algorithms: ['HS256'],
    });
  }

  /** @throws AppError UNAUTHENTICATED */
  async validate({ sub, sid, org }: Partial<AccessTokenClaims>): Promise<UserCaller | false> {
    const claims = { sub, sid, org };
    return isWhole(claims) ? this.sessions.callerOf(claims) : false;
  }
}

/** The key that the token names, or the present one. It only chooses: the signature has to be right with that key. */
function keyOf(token: string, keys: KeyRing): KeyObject | undefined {
  const { kid } = headerOf(token);
  return (typeof kid === 'string' ? keys.withId(kid) : keys.present)?.accessTokens;
}

function headerOf(token: string): { kid?: unknown } {
  try {
    const header: unknown = JSON.parse(Buffer.from(token.split('.', 1)[0] ?? '', 'base64url').toString());
    return header ?? {};
  } catch {
    return {};
  }
}

const isWhole = (claims: Partial<AccessTokenClaims>): claims is AccessTokenClaims =>
  [claims.sub, claims.sid, claims.org].every((id) => typeof id === 'string' && UUID.test(id));
