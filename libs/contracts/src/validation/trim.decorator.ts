import { Transform } from 'class-transformer';

/** Drops white space around a text, which is what pasting from a carrier's console brings along. */
export const Trim = (): PropertyDecorator =>
  Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.trim() : value));
