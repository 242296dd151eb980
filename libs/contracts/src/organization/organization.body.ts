import { IsBoolean, IsEmail, IsIn, IsNotEmpty, IsString, MaxLength } from 'class-validator';
import { type Role, ROLES } from '../access/roles';
import { NewPassword } from '../session/password.decorator';
import { Optional } from '../validation/optional.decorator';
import { Trim } from '../validation/trim.decorator';

export class UpdateOrganizationBody {
  @IsString({ message: 'Enter the name of your organisation.' })
  @IsNotEmpty({ message: 'Enter the name of your organisation.' })
  @MaxLength(80, { message: 'The name can have 80 characters at most.' })
  @Trim()
  name!: string;
}

export class UpdateSecurityBody {
  /** Who has no second factor may then do nothing in the organisation but set one up. */
  @IsBoolean({ message: 'Say whether members must use a second factor: true or false.' })
  requiresSecondFactor!: boolean;
}

export class UpdateMemberBody {
  @IsIn(ROLES, { message: `Choose one of ${ROLES.join(', ')}.` })
  role!: Role;
}

/** Invites a person; the answer has the link to give to them. */
export class InviteBody {
  @IsEmail({}, { message: 'Enter the email address of the person, for example you@example.com.' })
  @MaxLength(254, { message: 'An email address can have 254 characters at most.' })
  @Trim()
  email!: string;

  @IsIn(ROLES, { message: `Choose one of ${ROLES.join(', ')}.` })
  role!: Role;
}

const TOKEN = { message: 'Open the link of your invitation once more.' };

/** Looks at an invitation before accepting it. */
export class InvitationTokenBody {
  @IsString(TOKEN)
  @IsNotEmpty(TOKEN)
  @MaxLength(100, TOKEN)
  token!: string;
}

/**
 * Accepts an invitation. Who has an account gives its password (and code, where a second factor is set up); who has none gives a name
 * and chooses a password.
 */
export class AcceptInvitationBody extends InvitationTokenBody {
  @Optional()
  @IsString({ message: 'Enter your name.' })
  @IsNotEmpty({ message: 'Enter your name.' })
  @MaxLength(80, { message: 'The name can have 80 characters at most.' })
  @Trim()
  name?: string;

  @NewPassword()
  password!: string;

  @Optional()
  @IsString({ message: 'Enter the code of your authenticator app, or a recovery code.' })
  @MaxLength(40, { message: 'Enter the code of your authenticator app, or a recovery code.' })
  @Trim()
  code?: string;
}
