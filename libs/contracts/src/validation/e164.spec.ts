import 'reflect-metadata';
import fc from 'fast-check';
import { messageAt, refusedPaths } from '../testing/refusals';
import { E164_MESSAGE, IsE164 } from './e164';

class Called {
  @IsE164() number!: string;
}

const refused = (number: unknown) => refusedPaths(Called, { number }).length > 0;

describe('an E.164 number', () => {
  it('has a plus, no 0 in front, and 7 to 15 digits', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[1-9][0-9]{6,14}$/), (digits) => {
        expect(refused(`+${digits}`)).toBe(false);
        expect(refused(digits)).toBe(true);
        expect(refused(`00${digits}`)).toBe(true);
        expect(refused(`+0${digits}`)).toBe(true);
      }),
    );
  });

  it.each([
    '',
    '+',
    '+123456',
    '+1234567890123456',
    '+1 415 555 0100',
    '+1-415-555-0100',
    '(415) 555-0100',
    '+1415555010a',
    '+14155550100\n',
    '++14155550100',
    '＋14155550100',
    '+١٤١٥٥٥٥٠١٠٠',
    null,
    undefined,
    14155550100,
    ['+14155550100'],
    {},
    true,
  ])('is not %j', (number) => {
    expect(refused(number)).toBe(true);
  });

  it('is asked for with an example', () => {
    expect(messageAt(Called, { number: '4155550100' }, 'number')).toBe(E164_MESSAGE);
    expect(E164_MESSAGE).toContain('+14155550100');
  });
});
