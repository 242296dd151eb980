import { statementNames } from './statement-names';

test('A statement has one name, and no other has it', () => {
  const nameOf = statementNames();
  const first = nameOf({ sql: 'SELECT 1' });
  expect(first).not.toBe('');
  expect(nameOf({ sql: 'SELECT 2' })).not.toBe(first);
  expect(nameOf({ sql: 'SELECT 1' })).toBe(first);
});

test('Statements beyond those that a connection should keep have none; the ones before keep theirs', () => {
  const nameOf = statementNames();
  const names = Array.from({ length: 1_000 }, (_, n) => nameOf({ sql: `SELECT ${n}` }));
  const named = names.filter((name) => name !== '');
  expect(new Set(named).size).toBe(named.length);
  expect(named.length).toBeLessThan(1_000);
  expect(nameOf({ sql: 'SELECT 0' })).toBe(names[0]);
});

test('A search has none: it is planned for what is searched for', () => {
  for (const like of ['LIKE', 'ILIKE'])
    expect(statementNames()({ sql: `SELECT id FROM agents WHERE name ${like} $1` })).toBe('');
});
