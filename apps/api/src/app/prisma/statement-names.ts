/** Statements that are named, at most: each connection keeps every one that it has run, and lists of different lengths are different ones. */
const MOST_NAMED = 500;

/** LIKE, with or without capitals. */
const SEARCH = / I?LIKE /;

/**
 * Names statements by their text, so that PostgreSQL plans each once a connection instead of every time; empty for one more than it
 * should keep, and for searches, whose best plan depends on what is searched for. Not for the embedded database, whose connections share one
 * session.
 */
export function statementNames(): (statement: { sql: string }) => string {
  const names = new Map<string, string>();
  return ({ sql }) => {
    const known = names.get(sql);
    if (known !== undefined) return known;
    if (names.size === MOST_NAMED || SEARCH.test(sql)) return '';
    const name = `voxreach_${names.size}`;
    names.set(sql, name);
    return name;
  };
}
