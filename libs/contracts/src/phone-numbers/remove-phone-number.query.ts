import { Transform } from 'class-transformer';
import { IsBoolean } from 'class-validator';
import { Optional } from '../validation/optional.decorator';

const fromText = ({ value }: { value: unknown }) =>
  value === 'true' || value === '' ? true : value === 'false' ? false : value;

export class RemovePhoneNumberQuery {
  /** True removes the number's saved credential as well, if nothing else uses it. */
  @Optional()
  @IsBoolean({ message: 'Say true or false.' })
  @Transform(fromText)
  deleteCredential?: boolean;
}
