/**
 * Takes out of the font of Latin letters what the dashboard does not use: other weights, and features that are neither on by themselves nor asked for by the styles. Every
 * visitor's first page waits for this file. The other alphabets are fetched by those who read them, and stay as they are.
 */
import { createHash } from 'node:crypto';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import subsetFont from 'subset-font';

const SERVED = 'dist/apps/web/browser';
const PAGE = `${SERVED}/page.html`;
const FACE = /url\("\.\/(media\/inter-latin-wght-normal)-\w+(\.woff2)"\)[^}]*unicode-range:([^;}]+)/;
/** As the styles have them. */
const WEIGHTS = { min: 400, max: 650 };
const FEATURES = ['calt', 'ccmp', 'clig', 'kern', 'liga', 'locl', 'mark', 'mkmk', 'cv11', 'ss03', 'tnum'];

/** The characters of `U+0000-00FF, U+0131`. */
function charactersOf(range) {
  const ends = range.split(',').map((part) => part.trim().slice(2).split('-'));
  return ends
    .flatMap(([first, last = first]) => {
      const [from, to] = [Number.parseInt(first, 16), Number.parseInt(last, 16)];
      return Array.from({ length: to - from + 1 }, (_, place) => String.fromCodePoint(from + place));
    })
    .join('');
}

const page = readFileSync(PAGE, 'utf8');
const [, name, ending, range] = page.match(FACE);
const [file] = page.match(new RegExp(`${name}-\\w+\\${ending}`));
const lean = await subsetFont(readFileSync(`${SERVED}/${file}`), charactersOf(range), {
  targetFormat: 'woff2',
  variationAxes: { wght: WEIGHTS },
  keepFeatures: FEATURES,
});
// Its name stands for what is in it: browsers keep it for good.
const leanFile = `${name}-${createHash('sha256').update(lean).digest('hex').slice(0, 8)}${ending}`;
renameSync(`${SERVED}/${file}`, `${SERVED}/${leanFile}`);
writeFileSync(`${SERVED}/${leanFile}`, lean);
writeFileSync(PAGE, page.replaceAll(file, leanFile));
