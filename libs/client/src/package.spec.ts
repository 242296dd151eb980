import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const BUILT = fileURLToPath(new URL('../../../dist/libs/client', import.meta.url));
const DOCUMENT = new URL('../openapi.json', import.meta.url);

interface Pack {
  name: string;
  version: string;
  files: { path: string }[];
}

describe('The built package', () => {
  it('has the version of the document, the code, its types and the readme', () => {
    const packed = execFileSync('npm', ['pack', '--dry-run', '--json'], { cwd: BUILT, encoding: 'utf8' });
    const [pack] = JSON.parse(packed) as Pack[];
    const { info } = JSON.parse(readFileSync(DOCUMENT, 'utf8')) as { info: { version: string } };
    expect(pack).toMatchObject({ name: '@voxreach/client', version: info.version });
    const paths = pack?.files.map(({ path }) => path);
    expect(paths).toEqual(expect.arrayContaining(['index.js', 'index.d.ts', 'package.json', 'README.md']));
    expect(paths?.filter((path) => path.includes('spec'))).toEqual([]);
  });

  it('is plain ES modules, and needs no other package', () => {
    const script = `import { createClient } from '${BUILT}/index.js';
      console.log(typeof createClient({ baseUrl: 'http://localhost' }).phoneNumbers.list);`;
    const output = execFileSync(process.execPath, ['--input-type=module', '--eval', script], {
      cwd: '/',
      encoding: 'utf8',
    });
    expect(output).toBe('function\n');
  });
});
