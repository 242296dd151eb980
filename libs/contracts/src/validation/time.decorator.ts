import { IsDateString, Matches } from 'class-validator';
import { applyDecorators } from './apply-decorators';

/** A day, or a day with a time and its zone; ISO 8601 has more forms (weeks, days of a year), which JavaScript or the database cannot read. */
const TIME =
  /^[1-9]\d{3}-\d{2}-\d{2}(T([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,6})?)?(Z|[+-]([01]\d|2[0-3]):[0-5]\d))?$/;

/** A time, as a client gives it. */
export const IsTime = (message: string): PropertyDecorator =>
  applyDecorators(Matches(TIME, { message }), IsDateString({ strict: true }, { message }));
