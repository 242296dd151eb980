import { Type } from 'class-transformer';
import { IsInt, IsString, Max, MaxLength, Min } from 'class-validator';
import { Optional } from '../validation/optional.decorator';

/** Which part of a list to answer with. */
export class PageQuery {
  /** 1 to 100, default 25. */
  @Optional()
  @IsInt({ message: 'Give the limit as a whole number from 1 to 100.' })
  @Min(1, { message: 'The limit is at least 1.' })
  @Max(100, { message: 'The limit is at most 100.' })
  @Type(() => Number)
  limit?: number;

  /** `nextCursor` of the page before. */
  @Optional()
  @IsString({ message: 'Send nextCursor of the page before, as it is.' })
  @MaxLength(1_000, { message: 'Send nextCursor of the page before, as it is.' })
  cursor?: string;
}
