import { safeReturnUrl } from './to-sign-in';

describe('After signing in, a person', () => {
  it('comes back to the page they wanted', () => {
    expect(safeReturnUrl('/numbers/42?x=1')).toBe('/numbers/42?x=1');
  });

  it.each(['https://evil.example', '//evil.example', '/\\evil.example', 'numbers', undefined])(
    'is not led away by a link that names %s',
    (url) => {
      expect(safeReturnUrl(url)).toBe('/numbers');
    },
  );
});
