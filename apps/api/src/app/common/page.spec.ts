import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { AppError } from './app-error';
import { decodeCursor, encodeCursor, toPage } from './page';

const ID = randomUUID();
const TIME = '2026-01-02T03:04:05.678Z';

const raw = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

const refusalOf = (text: string, sort: string): unknown => {
  try {
    return decodeCursor(text, sort);
  } catch (error) {
    return error;
  }
};

describe('a cursor', () => {
  it('comes back as it went out, whatever text it holds', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.uuid(), (value, id) => {
        fc.pre(!value.includes('\0'));
        const cursor = { sort: 'name', value, id };
        expect(decodeCursor(encodeCursor(cursor), 'name')).toEqual(cursor);
      }),
    );
  });

  it('comes back as it went out with a time', () => {
    const time = fc.date({ min: new Date('1970-01-01'), max: new Date('2999-12-31'), noInvalidDate: true });
    fc.assert(
      fc.property(time, (date) => {
        const cursor = { sort: '-createdAt', value: date.toISOString(), id: ID };
        expect(decodeCursor(encodeCursor(cursor), '-createdAt')).toEqual(cursor);
      }),
    );
  });

  it('fits into an address as it is', () => {
    expect(encodeCursor({ sort: 'name', value: '??>>~~ÿ', id: ID })).toMatch(/^[\w-]+$/);
  });

  it('may be left out', () => {
    expect(decodeCursor(undefined, 'name')).toBeUndefined();
  });

  it.each<[string, string, string]>([
    ['empty', '', 'name'],
    ['no base64', '%%%', 'name'],
    ['no JSON', Buffer.from('{').toString('base64url'), 'name'],
    ['an object', raw({ sort: 'name', value: 'x', id: ID }), 'name'],
    ['null', raw(null), 'name'],
    ['too short', raw(['name', 'x']), 'name'],
    ['of another sort', encodeCursor({ sort: 'number', value: 'x', id: ID }), 'name'],
    ['of the other direction', encodeCursor({ sort: 'createdAt', value: TIME, id: ID }), '-createdAt'],
    ['without an id of ours', raw(['name', 'x', '7']), 'name'],
    ['with an id that is no text', raw(['name', 'x', 7]), 'name'],
    ['with a value that is no text', raw(['name', 7, ID]), 'name'],
    ['with the character U+0000', raw(['name', 'a\0b', ID]), 'name'],
    ['with no time where one belongs', raw(['createdAt', 'yesterday', ID]), 'createdAt'],
    ['with a time that only JavaScript reads', raw(['createdAt', '1', ID]), 'createdAt'],
    ['with a time in words', raw(['createdAt', 'Jan 1 2026', ID]), 'createdAt'],
    ['with a year that no database has', raw(['createdAt', '+275760-09-13T00:00:00.000Z', ID]), 'createdAt'],
    ['with the year 0', raw(['createdAt', '0000-01-01T00:00:00.000Z', ID]), 'createdAt'],
    ['with a day that does not exist', raw(['createdAt', '2026-02-30T00:00:00.000Z', ID]), 'createdAt'],
  ])('is refused when it is %s', (_what, text, sort) => {
    const error = refusalOf(text, sort);
    expect(error).toBeInstanceOf(AppError);
    expect(error).toMatchObject({ code: 'VALIDATION_FAILED', errors: [{ path: 'cursor' }] });
  });

  it('is refused when it is anything at all that we did not write', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(refusalOf(text, 'createdAt')).toBeInstanceOf(AppError);
      }),
    );
  });
});

describe('a page', () => {
  const page = (count: number, limit: number) =>
    toPage(
      Array.from({ length: count }, (_none, index) => index),
      limit,
      (row) => `after ${row}`,
    );

  it.each([
    [0, 2, [], null],
    [1, 2, [0], null],
    [2, 2, [0, 1], null],
    [3, 2, [0, 1], 'after 1'],
    [2, 1, [0], 'after 0'],
  ])('of %d rows with the limit %d has %j and leads to %j', (count, limit, rows, nextCursor) => {
    expect(page(count, limit)).toEqual({ rows, nextCursor });
  });
});
