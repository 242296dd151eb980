/** Names after a pattern: `{n}` counts from 1, `{number}` is the number itself. */
export const namesAfter = (pattern: string, titles: readonly string[]): string[] =>
  titles.map((title, index) =>
    pattern
      .replaceAll('{n}', () => String(index + 1))
      .replaceAll('{number}', () => title)
      .trim(),
  );
