import { readFile } from 'node:fs/promises';
import { text as textOf } from 'node:stream/consumers';
import {
  CREDENTIAL_PROVIDER_IDS,
  flattenErrors,
  PHONE_NUMBER_STATUSES,
  type PhoneNumberStatus,
  PROVIDER_IDS,
  type Role,
  ROLES,
} from '@voxreach/contracts';
import { plainToInstance, Type } from 'class-transformer';
import {
  Equals,
  IsArray,
  IsBoolean,
  IsDateString,
  IsEmail,
  IsIn,
  IsInt,
  IsNotEmpty,
  IsObject,
  IsOptional,
  IsString,
  IsUUID,
  Matches,
  Min,
  ValidateNested,
  validateSync,
} from 'class-validator';
import type { Prisma } from '../../generated/prisma/client';
import { OperatorError } from './operator-error';

export const ORGANIZATION_FORMAT = 'voxreach-organization';

/** Counts up when an older version could not read it. */
export const ORGANIZATION_VERSION = 2;

/** What the file has of each table, or why it has nothing of it: a new table does not compile until it has its place here. */
export const PLACES: Record<Prisma.ModelName, { moves: true } | { stays: string }> = {
  Organization: { moves: true },
  User: { moves: true },
  Membership: { moves: true },
  Agent: { moves: true },
  Credential: { moves: true },
  PhoneNumber: { moves: true },
  Session: { stays: 'sessions' },
  RefreshToken: { stays: 'sessions' },
  RecoveryCode: { stays: 'second factors' },
  SecurityNotice: { stays: 'security notices' },
  Invitation: { stays: 'open invitations' },
  ApiKey: { stays: 'API keys' },
  AuditEntry: { stays: 'the activity so far' },
  IdempotencyKey: { stays: 'records of repeated requests' },
  WebhookCredential: { stays: "the installation's credential for webhooks" },
};

const Id = () => IsUUID(undefined, { message: '$property must be an id' });

function Text(): PropertyDecorator {
  return (target, key) => {
    IsString()(target, key);
    IsNotEmpty()(target, key);
  };
}

function ListOf(type: () => new () => object): PropertyDecorator {
  return (target, key) => {
    IsArray()(target, key);
    ValidateNested({ each: true })(target, key);
    Type(type)(target, key);
  };
}

/** When a row was made and changed, ISO 8601. */
class Dated {
  @IsDateString() createdAt!: string;
  @IsDateString() updatedAt!: string;
}

class MovedOrganization extends Dated {
  @Id() id!: string;
  @Text() name!: string;
  @IsBoolean() requiresSecondFactor!: boolean;
}

/** Somebody with an account in the installation of before; no password goes along. */
class MovedMember {
  // The database has addresses in lower case only.
  @IsEmail() @Matches(/^[^A-Z]*$/, { message: '$property must be in lower case' }) email!: string;
  @Text() name!: string;
  @IsIn(ROLES) role!: Role;
  @IsDateString() joinedAt!: string;
}

class MovedAgent extends Dated {
  @Id() id!: string;
  @Text() name!: string;
  @Text() vapiAssistantId!: string;
}

class MovedCredential extends Dated {
  @Id() id!: string;
  @Text() name!: string;
  @IsIn(CREDENTIAL_PROVIDER_IDS) provider!: string;
  @Text() vapiCredentialId!: string;
}

class MovedPhoneNumber extends Dated {
  @Id() id!: string;
  @Text() name!: string;
  @IsIn(PROVIDER_IDS) provider!: string;
  @IsOptional() @Text() number!: string | null;
  @IsOptional() @Text() sipUri!: string | null;
  @IsIn(PHONE_NUMBER_STATUSES) status!: PhoneNumberStatus;
  @IsOptional() @Text() attention!: string | null;
  @IsOptional() @Text() fallbackNumber!: string | null;
  @Text() vapiPhoneNumberId!: string;
  @IsOptional() @Id() credentialId!: string | null;
  @IsOptional() @Id() agentId!: string | null;
  @IsInt() @Min(1) version!: number;
}

/** The configuration of one organisation, with the ids that its things have here and at Vapi. It has no secret of any kind. */
export class OrganizationFile {
  @Equals(ORGANIZATION_FORMAT) format!: typeof ORGANIZATION_FORMAT;
  @Equals(ORGANIZATION_VERSION) version!: number;
  @IsDateString() exportedAt!: string;
  @IsObject() @ValidateNested() @Type(() => MovedOrganization) organization!: MovedOrganization;
  @ListOf(() => MovedMember) members!: MovedMember[];
  @ListOf(() => MovedAgent) agents!: MovedAgent[];
  @ListOf(() => MovedCredential) credentials!: MovedCredential[];
  @ListOf(() => MovedPhoneNumber) phoneNumbers!: MovedPhoneNumber[];
}

/** @throws OperatorError when it cannot be read, or is something else */
export async function readOrganizationFile(path: string): Promise<OrganizationFile> {
  const plain = parsed(await read(path));
  if (plain?.format !== ORGANIZATION_FORMAT)
    throw new OperatorError('This file holds no organisation of VoxReach. Nothing was written.');
  if (plain.version !== ORGANIZATION_VERSION)
    throw new OperatorError(
      'This file was written by another version of VoxReach, in a way that this one cannot read.',
    );
  const file = plainToInstance(OrganizationFile, plain);
  const [refusal] = flattenErrors(validateSync(file, { whitelist: true, forbidNonWhitelisted: true }));
  if (refusal !== undefined)
    throw new OperatorError(
      `This file was changed: ${refusal.path}: ${refusal.message}. Nothing was written.`,
    );
  return file;
}

async function read(path: string): Promise<string> {
  try {
    return await (path === '-' ? textOf(process.stdin) : readFile(path, 'utf8'));
  } catch (error) {
    throw new OperatorError(`The file ${path} cannot be read: ${(error as Error).message}`);
  }
}

function parsed(text: string): Partial<OrganizationFile> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}
