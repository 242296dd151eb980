import { IsNotEmpty, IsString, Matches, MaxLength } from 'class-validator';
import { Optional } from '../validation/optional.decorator';
import { Trim } from '../validation/trim.decorator';

/** Vapi's limit, in UTF-16 units as Vapi counts; class-validator's own rule takes some characters for nothing. */
const NAME_LENGTH = { message: 'The name can have 40 characters at most.' };

/** Creates an agent: a Vapi assistant that answers calls. */
export class CreateAgentBody {
  @IsString({ message: 'Enter a name for the agent.' })
  @IsNotEmpty({ message: 'Enter a name for the agent.' })
  @Matches(/^[^]{0,40}$/, NAME_LENGTH)
  @Trim()
  name!: string;

  /** The first thing a caller hears. Without it the agent waits for the caller to speak. */
  @Optional()
  @IsString({ message: 'The first message must be a text.' })
  @MaxLength(2_000, { message: 'The first message can have 2,000 characters at most.' })
  firstMessage?: string;

  /** What the agent is told of its task. */
  @Optional()
  @IsString({ message: 'The instructions must be a text.' })
  @MaxLength(20_000, { message: 'The instructions can have 20,000 characters at most.' })
  systemPrompt?: string;
}

/** Changes what is given; what is left out stays. */
export class UpdateAgentBody {
  @Optional()
  @IsString({ message: 'Enter a name for the agent.' })
  @IsNotEmpty({ message: 'Enter a name for the agent.' })
  @Matches(/^[^]{0,40}$/, NAME_LENGTH)
  @Trim()
  name?: string;

  @Optional()
  @IsString({ message: 'The first message must be a text.' })
  @MaxLength(2_000, { message: 'The first message can have 2,000 characters at most.' })
  firstMessage?: string;

  @Optional()
  @IsString({ message: 'The instructions must be a text.' })
  @MaxLength(20_000, { message: 'The instructions can have 20,000 characters at most.' })
  systemPrompt?: string;
}
