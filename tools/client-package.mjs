/** Completes the built client, dist/libs/client, to a package that can be published: its package.json, with the API's version, and its readme. */
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';

const SOURCE = 'libs/client';
const TARGET = 'dist/libs/client';

const readJson = (path) => JSON.parse(readFileSync(path, 'utf8'));

const { name, ...manifest } = readJson(`${SOURCE}/package.json`);
const { version } = readJson(`${SOURCE}/openapi.json`).info;
writeFileSync(`${TARGET}/package.json`, `${JSON.stringify({ name, version, ...manifest }, null, 2)}\n`);
copyFileSync(`${SOURCE}/README.md`, `${TARGET}/README.md`);
