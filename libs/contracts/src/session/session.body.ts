import { IsEmail, IsNotEmpty, IsString, MaxLength, MinLength } from 'class-validator';
import { Trim } from '../validation/trim.decorator';

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

  @IsString({ message: 'Enter a password.' })
  @MinLength(8, { message: 'The password needs at least 8 characters.' })
  @MaxLength(128, { message: 'The password can have 128 characters at most.' })
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
}
