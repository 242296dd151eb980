import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { PERMISSION_IDS, PERMISSIONS, ROLES } from '@voxreach/contracts';

const PAGE = fileURLToPath(new URL('../../../../../docs/permissions.md', import.meta.url));

/** One row of the page for each permission. */
const rows = PERMISSION_IDS.map((id) => {
  const { label, roles, forKeys } = PERMISSIONS[id];
  const marks = ROLES.map((role) => ((roles as readonly string[]).includes(role) ? 'yes' : ''));
  return [`\`${id}\``, label, ...marks, forKeys ? 'yes' : ''];
});

describe('the page of permissions', () => {
  const cells = readFileSync(PAGE, 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );

  it('says what the permission table says', () => {
    expect(cells).toEqual(rows);
  });
});
