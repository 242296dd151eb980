import { Type } from 'class-transformer';
import { IsIn, IsInt, IsString, ValidateNested } from 'class-validator';
import { Optional } from '../validation/optional.decorator';
import { ERROR_CODES, type ErrorCode } from './error-code';

/** One refused field. `path` is dotted with indexes: `credential.gateways.0.port`. */
export class FieldError {
  @IsString() path!: string;
  @IsString() message!: string;
}

/** Something that stands in the way of a deletion. */
export class UsedBy {
  @IsString() id!: string;
  @IsString() name!: string;
}

/** The body of every answer that is not a success: `application/problem+json` (RFC 9457). */
export class ProblemResponse {
  @IsString() type!: string;
  @IsString() title!: string;
  @IsInt() status!: number;
  /** A sentence for the person who made the request: what happened and what to do. */
  @IsString() detail!: string;
  @IsIn(ERROR_CODES) code!: ErrorCode;
  /** Found again in the operator's log. */
  @IsString() requestId!: string;
  @Optional() @ValidateNested({ each: true }) @Type(() => FieldError) errors?: FieldError[];
  @Optional() @ValidateNested({ each: true }) @Type(() => UsedBy) usedBy?: UsedBy[];
}
