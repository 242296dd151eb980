import { IsIn, IsUUID } from 'class-validator';

/** What can be told of: for everything else, clients load what they show. */
export const CHANGED_TYPES = ['phone_number'] as const;

export type ChangedType = (typeof CHANGED_TYPES)[number];

/** Something was added, changed or removed, by anybody. Load it again to see what it is now; 404 means that it is gone. */
export class ChangeEvent {
  @IsIn(CHANGED_TYPES) type!: ChangedType;
  @IsUUID() id!: string;
}
