/** Puts a Brotli and a gzip copy beside each text file of the built dashboard, so that the server has nothing to compress while it serves. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const FOLDER = 'dist/apps/web/browser';

/** Fonts are compressed already; the page itself gets a nonce each time. */
const TEXTS = ['.js', '.css', '.svg'];

/** Below this, in bytes, a packet is a packet. */
const WORTHWHILE = 1_000;

for (const name of readdirSync(FOLDER, { recursive: true, encoding: 'utf8' })) {
  if (!TEXTS.includes(extname(name))) continue;
  const file = join(FOLDER, name);
  const text = readFileSync(file);
  if (text.length < WORTHWHILE) continue;
  writeFileSync(`${file}.br`, brotliCompressSync(text, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }));
  writeFileSync(`${file}.gz`, gzipSync(text, { level: 9 }));
}
