/** What people put between digits, and the invisible marks that copying from a contact brings along. */
const SEPARATORS = /[\s()./\u2010-\u2015\u200e\u200f\u202a-\u202e\u2060\ufeff-]/g;

/**
 * A number as typed, in the characters of E.164. What does not begin with a plus or holds anything else stays as it is: it is an
 * extension, or it is refused in words.
 */
export function phoneCharacters(typed: string): string {
  const bare = typed.replace(SEPARATORS, '');
  return /^\+\d+$/.test(bare) ? bare : typed.trim();
}
