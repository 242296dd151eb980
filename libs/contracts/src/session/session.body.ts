import { IsEmail, IsNotEmpty, IsString, IsUUID, Matches, MaxLength } from 'class-validator';
import { Optional } from '../validation/optional.decorator';
import { Trim } from '../validation/trim.decorator';
import { NewPassword } from './password.decorator';

/** Creates an organisation with its first user. */
export class RegisterBody {
  @IsString({ message: 'Enter the name of your organisation.' })
  @IsNotEmpty({ message: 'Enter the name of your organisation.' })
  @MaxLength(80, { message: 'The name can have 80 characters at most.' })
  @Trim()
  organizationName!: string;

  @IsString({ message: 'Enter your name.' })
  @IsNotEmpty({ message: 'Enter your name.' })
  @MaxLength(80, { message: 'The name can have 80 characters at most.' })
  @Trim()
  name!: string;

  @IsEmail({}, { message: 'Enter an email address, for example you@example.com.' })
  @MaxLength(254, { message: 'An email address can have 254 characters at most.' })
  @Trim()
  email!: string;

  @NewPassword()
  password!: string;
}

export class LoginBody {
  @IsEmail({}, { message: 'Enter the email address you registered with.' })
  @MaxLength(254, { message: 'An email address can have 254 characters at most.' })
  @Trim()
  email!: string;

  @IsString({ message: 'Enter your password.' })
  @IsNotEmpty({ message: 'Enter your password.' })
  @MaxLength(128, { message: 'The password can have 128 characters at most.' })
  password!: string;

  /** Of the authenticator app, or a recovery code; asked for with SECOND_FACTOR_REQUIRED. */
  @Optional()
  @IsString({ message: 'Enter the code of your authenticator app, or a recovery code.' })
  @MaxLength(40, { message: 'Enter the code of your authenticator app, or a recovery code.' })
  @Trim()
  code?: string;
}

/** Goes over to another organisation that one belongs to. */
export class SwitchOrganizationBody {
  @IsUUID(undefined, { message: 'Choose one of your organisations.' })
  organizationId!: string;
}

/** Proves once more who one is: by the password, or by a code where a second factor is set up. */
export class StepUpBody {
  @Optional()
  @IsString({ message: 'Enter your password.' })
  @IsNotEmpty({ message: 'Enter your password.' })
  @MaxLength(128, { message: 'The password can have 128 characters at most.' })
  password?: string;

  @Optional()
  @IsString({ message: 'Enter the code of your authenticator app.' })
  @IsNotEmpty({ message: 'Enter the code of your authenticator app.' })
  @MaxLength(40, { message: 'Enter the code of your authenticator app.' })
  @Trim()
  code?: string;
}

export class ChangePasswordBody {
  @IsString({ message: 'Enter your current password.' })
  @IsNotEmpty({ message: 'Enter your current password.' })
  @MaxLength(128, { message: 'The password can have 128 characters at most.' })
  currentPassword!: string;

  @NewPassword()
  newPassword!: string;
}

export class UpdateProfileBody {
  @IsString({ message: 'Enter your name.' })
  @IsNotEmpty({ message: 'Enter your name.' })
  @MaxLength(80, { message: 'The name can have 80 characters at most.' })
  @Trim()
  name!: string;
}

/** Deletes the account that is signed in, named so that no request does it by accident. */
export class DeleteAccountBody {
  @IsEmail({}, { message: 'Enter the email address of your account.' })
  @MaxLength(254, { message: 'An email address can have 254 characters at most.' })
  @Trim()
  email!: string;
}

/** The first code of a newly set up authenticator app shows that it works. */
export class ConfirmSecondFactorBody {
  @Matches(/^\d{6}$/, { message: 'Enter the six digits that your authenticator app shows.' })
  @Trim()
  code!: string;
}
