import { IsIn, IsString, IsUUID, MaxLength } from 'class-validator';
import { PageQuery } from '../paging/page.query';
import { PROVIDER_IDS, type ProviderId } from '../providers/provider-cards';
import { Optional } from '../validation/optional.decorator';
import { Trim } from '../validation/trim.decorator';
import {
  PHONE_NUMBER_SORTS,
  PHONE_NUMBER_STATUSES,
  type PhoneNumberSort,
  type PhoneNumberStatus,
} from './phone-number-choices';

export class ListPhoneNumbersQuery extends PageQuery {
  /** Found in number, SIP URI, name, or the agent's name, one or two characters where a word begins; letter case does not matter. */
  @Optional()
  @IsString({ message: 'Enter a text to search for.' })
  @MaxLength(100, { message: 'Search for 100 characters at most.' })
  @Trim()
  search?: string;

  @Optional()
  @IsIn(PROVIDER_IDS, { message: `Choose one of ${PROVIDER_IDS.join(', ')}.` })
  provider?: ProviderId;

  @Optional()
  @IsIn(PHONE_NUMBER_STATUSES, { message: `Choose one of ${PHONE_NUMBER_STATUSES.join(', ')}.` })
  status?: PhoneNumberStatus;

  @Optional()
  @IsUUID(undefined, { message: 'Choose one of your agents.' })
  agentId?: string;

  @Optional()
  @IsIn(PHONE_NUMBER_SORTS, { message: `Choose one of ${PHONE_NUMBER_SORTS.join(', ')}.` })
  sort?: PhoneNumberSort;
}
