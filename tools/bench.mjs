/**
 * Runs one of the benchmarks in bench/:
 *
 *   npm run bench -- scope
 */
import { existsSync, readdirSync } from 'node:fs';

const [name = ''] = process.argv.slice(2);
const file = new URL(`../bench/${name}.mjs`, import.meta.url);
if (!/^[\w-]+$/.test(name) || !existsSync(file)) {
  const known = readdirSync(new URL('../bench/', import.meta.url)).map((each) => each.replace(/\.mjs$/, ''));
  console.error(`Name one of the benchmarks: ${known.join(', ')}`);
  process.exit(2);
}
await import(file);
