/** How hard a password is to guess by trying, from its own letters alone: only the server compares it with lists of stolen ones. */
export const STRENGTHS = ['short', 'weak', 'fair', 'strong'] as const;

export type Strength = (typeof STRENGTHS)[number];

const SHORTEST = 12;
const FAIR = 10;
const STRONG = 16;

/** Letters that repeat the one before or are its neighbour, as in "aaa" and "123", add nothing; nor does what stood there already. */
function newPairs(password: string): number {
  const letters = [...password.toLowerCase()];
  const pairs = letters.slice(1).flatMap((letter, index) => {
    const before = letters[index] ?? '';
    const isNext = Math.abs((letter.codePointAt(0) ?? 0) - (before.codePointAt(0) ?? 0)) <= 1;
    return isNext ? [] : [before + letter];
  });
  return new Set(pairs).size;
}

export function strengthOf(password: string): Strength {
  if (password.length < SHORTEST) return 'short';
  const pairs = newPairs(password);
  if (pairs < FAIR) return 'weak';
  return pairs < STRONG ? 'fair' : 'strong';
}
