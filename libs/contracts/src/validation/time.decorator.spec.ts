import 'reflect-metadata';
import { refusedPaths } from '../testing/refusals';
import { IsTime } from './time.decorator';

class Body {
  @IsTime('Give a time.')
  time!: string;
}

describe('a time', () => {
  it.each(['2026-11-01', '2026-11-01T00:00Z', '2026-11-01T23:59:59.999Z', '2026-11-01T10:00:00+05:30'])(
    'can be %s',
    (time) => expect(refusedPaths(Body, { time })).toEqual([]),
  );

  it.each([
    '2026-W45',
    '2026-W45-1',
    '2026-323',
    '2026',
    '2026-02-30',
    '2026-13-01',
    '2026-11-01T10:00:00',
    '2026-11-01T24:00:00Z',
    '2026-11-01T23:60:00Z',
    '2026-11-01T23:59:60Z',
    '2026-11-01T23:59:59+25:00',
    '2026-02-03T04',
    '2026-02-03T04:05:06,5Z',
    '0000-01-01T00:00:00Z',
    '+012026-11-01T00:00:00Z',
    'yesterday',
    '',
    20261101,
  ])('cannot be %j', (time) => expect(refusedPaths(Body, { time })).toEqual(['time']));
});
