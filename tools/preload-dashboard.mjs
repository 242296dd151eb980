/**
 * Writes down which files each page of the dashboard is made of, so that the server can have the browser fetch them together. Without it the
 * browser learns of them one after the other: from the page of its program, from the program of a part, from the part of what that needs.
 */
import { readFileSync, writeFileSync } from 'node:fs';

const FOLDER = 'dist/apps/web';
const APP = 'apps/web/src/app';
const FRAME = 'shell/shell.component.ts';
const NUMBERS = [FRAME, 'features/phone-numbers/phone-numbers.routes.ts'];

/** What the router loads for the pages at which people arrive, by their address. */
const PAGES = {
  '/sign-in': ['features/auth/sign-in.page.ts'],
  '/sign-up': ['features/auth/sign-up.page.ts'],
  '/invitation': ['features/auth/invitation.page.ts'],
  '/numbers': [...NUMBERS, 'features/phone-numbers/list/number-list.page.ts'],
  '/numbers/add': [...NUMBERS, 'features/phone-numbers/add/add-number.page.ts'],
  '/agents': [FRAME, 'features/agents/agent-list.page.ts'],
  '/credentials': [FRAME, 'features/credentials/credential-list.page.ts'],
};

const { outputs } = JSON.parse(readFileSync(`${FOLDER}/browser-stats.json`, 'utf8'));
const page = readFileSync(`${FOLDER}/browser/index.html`, 'utf8');

/** The file itself and all that it imports. */
function withImports(file, found = new Set()) {
  if (found.has(file)) return found;
  found.add(file);
  for (const { path, kind } of outputs[file].imports) {
    if (kind === 'import-statement') withImports(path, found);
  }
  return found;
}

function filesOf(part) {
  const found = Object.keys(outputs).find((file) => outputs[file].entryPoint === `${APP}/${part}`);
  if (found === undefined) throw new Error(`The dashboard has no part ${part}`);
  return [...withImports(found)];
}

const preloads = Object.fromEntries(
  Object.entries(PAGES).map(([path, parts]) => [
    path,
    // What the page itself names is fetched anyway.
    [...new Set(parts.flatMap(filesOf))].filter((file) => !page.includes(file)),
  ]),
);
writeFileSync(`${FOLDER}/browser/preloads.json`, JSON.stringify(preloads));
