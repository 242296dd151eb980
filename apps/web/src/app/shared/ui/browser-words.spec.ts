import { browserWords } from './browser-words';

const SAFARI =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605 Version/18.0 Mobile/15E148 Safari/604.1';
const EDGE =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/130.0.0.0 Safari/537.36 Edg/130.0.0.0';

describe('A place where somebody is signed in', () => {
  it.each([
    [SAFARI, 'Safari on iOS'],
    [EDGE, 'Edge on Windows'],
    ['Mozilla/5.0 (X11; Linux x86_64; rv:132.0) Gecko/20100101 Firefox/132.0', 'Firefox on Linux'],
    ['curl/8.9', 'curl/8.9'],
    [null, 'Unknown browser'],
  ])('that calls itself %s is called %s', (userAgent, words) => {
    expect(browserWords(userAgent)).toBe(words);
  });
});
