import { Type } from 'class-transformer';
import { IsDateString, IsInt, IsOptional, IsString, IsUUID, ValidateNested } from 'class-validator';

export class AgentResponse {
  @IsUUID() id!: string;
  @IsString() name!: string;
  @IsInt() phoneNumberCount!: number;
  /** What was interrupted and what can be done about it; null means that all is well. */
  @IsOptional() @IsString() attention!: string | null;
  @IsDateString() createdAt!: string;
  @IsDateString() updatedAt!: string;
}

/** One agent with what Vapi holds of it, read at the time of the request. */
export class AgentDetailResponse extends AgentResponse {
  @IsOptional() @IsString() firstMessage!: string | null;
  @IsOptional() @IsString() systemPrompt!: string | null;
}

export class AgentPage {
  @ValidateNested({ each: true }) @Type(() => AgentResponse) items!: AgentResponse[];
  /** Send it as `cursor` for the next page; null on the last one. */
  @IsOptional() @IsString() nextCursor!: string | null;
}
