/** The project's TypeScript, for a benchmark's process. */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { rolldown } from 'rolldown';

/** The module at `input`, bundled and imported; its packages stay where they are. */
export async function importBundled(input) {
  const bundle = await rolldown({ input, platform: 'node', external: (id) => !/^[./]/.test(id) });
  // Inside the workspace, from where its packages are found.
  mkdirSync('tmp', { recursive: true });
  const dir = mkdtempSync(join(process.cwd(), 'tmp/bench-'));
  process.once('exit', () => rmSync(dir, { recursive: true, force: true }));
  process.once('SIGTERM', () => process.exit(0));
  await bundle.write({ dir, format: 'esm', entryFileNames: 'bundled.mjs' });
  return import(join(dir, 'bundled.mjs'));
}
