/**
 * Makes what is served of what Angular has built. Angular splits the program by who shares what, into dozens of files; a browser gets few of them at a
 * time, and learns of each only from another. So what the pages at which people arrive are made of goes into one file for all of them and one for
 * what some of them share; the styles go into the page, which is then drawn without asking for them first; and it is written down which files each
 * page needs, so that the server can have the browser fetch them together.
 */
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { rolldown } from 'rolldown';

const BUILT = 'dist/web-bundle';
const SERVED = 'dist/apps/web/browser';
const SOURCE = 'apps/web/src';
const LANGUAGES = ['de', 'es', 'ar'];
const SIGN_IN = ['app/features/auth/sign-in.page.ts'];
const FRAME = ['app/shell/shell.component.ts'];
const NUMBERS = [...FRAME, 'app/features/phone-numbers/phone-numbers.routes.ts'];
const LIST = [...NUMBERS, 'app/features/phone-numbers/list/number-list.page.ts'];
const ADD = [...NUMBERS, 'app/features/phone-numbers/add/add-number.page.ts'];
/** What opens from a button, loaded once the page it belongs to stands. */
const MENUS = [
  'app/shell/organization-switcher.component.ts',
  'app/shell/person-menu.component.ts',
  'app/features/phone-numbers/list/agent-menu.component.ts',
  'app/features/phone-numbers/list/list-view-menu.component.ts',
];

/** What the router loads for the pages at which people arrive, by their address. */
const PAGES = {
  '/sign-in': SIGN_IN,
  '/sign-up': ['app/features/auth/sign-up.page.ts'],
  '/invitation': ['app/features/auth/invitation.page.ts'],
  '/numbers': LIST,
  '/numbers/add': ADD,
  '/agents': [...FRAME, 'app/features/agents/agent-list.page.ts'],
  '/credentials': [...FRAME, 'app/features/credentials/credential-list.page.ts'],
};

const { outputs } = JSON.parse(readFileSync(`${BUILT}/browser-stats.json`, 'utf8'));
const read = (file) => readFileSync(`${BUILT}/browser/${file}`, 'utf8');
const page = read('index.html');
/** Polyfills and program, in this order. */
const SCRIPTS = [...page.matchAll(/<script src="([^"]+)"/g)].map(([, file]) => file);
const ENTRY = 'main';
/** The libraries of the start: a script of its own, so that running it and running the program are two tasks. */
const FOUNDATION = 'foundation';
/** Has a browser that knows it compile the functions beside the main thread, instead of on it when each is called (https://v8.dev/blog/explicit-compile-hints). */
const COMPILE_AHEAD = '//# allFunctionsCalledOnLoad';

/** The files themselves and all that they import. */
function withImports(files, importsOf, found = new Set()) {
  for (const file of files) {
    if (found.has(file)) continue;
    found.add(file);
    withImports(importsOf(file), importsOf, found);
  }
  return found;
}

const builtImports = (file) =>
  outputs[file].imports.filter(({ kind }) => kind === 'import-statement').map(({ path }) => path);

function builtFile(part) {
  const found = Object.keys(outputs).find((file) => outputs[file].entryPoint === `${SOURCE}/${part}`);
  if (found === undefined) throw new Error(`The dashboard has no part ${part}`);
  return found;
}

const isForeign = (file) =>
  Object.keys(outputs[file].inputs).every((source) => !/^(apps|libs)\//.test(source));

const START = withImports(SCRIPTS, builtImports);
const NEEDED = Object.entries({ 'sign-in': SIGN_IN, frame: FRAME, numbers: LIST, add: ADD }).map(
  ([name, parts]) => ({
    name,
    files: withImports(parts.map(builtFile), builtImports),
  }),
);

const LATER = withImports(MENUS.map(builtFile), builtImports);

/** What is needed by the same of these goes together; what nearly all of them need, to what is needed first, as does what the packer adds. */
function groupOf(file) {
  const needing = NEEDED.filter(({ files }) => files.has(file)).map(({ name }) => name);
  if (START.has(file) && isForeign(file)) return FOUNDATION;
  if (START.has(file) || needing.length >= NEEDED.length - 1 || !(file in outputs)) return 'main';
  return needing.join('-') || (LATER.has(file) ? 'menus' : null);
}

async function pack() {
  const bundle = await rolldown({
    input: ENTRY,
    plugins: [
      {
        name: 'built-by-angular',
        resolveId: (source) => source.replace(/^\.\//, ''),
        load: (file) =>
          file === ENTRY ? SCRIPTS.map((script) => `import './${script}';`).join('\n') : read(file),
      },
    ],
  });
  const { output } = await bundle.generate({
    entryFileNames: '[name]-[hash].js',
    // The hash that Angular has given makes way.
    chunkFileNames: ({ name }) => `${name.replace(/-[\w-]{8}$/, '')}-[hash].js`,
    minify: { mangle: false, compress: false },
    codeSplitting: { includeDependenciesRecursively: false, groups: [{ name: groupOf }] },
  });
  await bundle.close();
  return output;
}

const files = await pack();
const entry = files.find(({ isEntry }) => isEntry);
const importsOf = (name) => files.find(({ fileName }) => fileName === name).imports;
const packedFile = (part) => files.find(({ moduleIds }) => moduleIds.includes(builtFile(part))).fileName;

rmSync(SERVED, { recursive: true, force: true });
cpSync(`${BUILT}/browser`, SERVED, {
  recursive: true,
  filter: (path) => !/(\.js|\.css|index\.html)$/.test(path),
});

const start = withImports([entry.fileName], importsOf);
const scripts = [files.find(({ name }) => name === FOUNDATION), entry].map(({ fileName }) => fileName);
const missing = (parts) =>
  [...withImports(parts.map(packedFile), importsOf)].filter((file) => !start.has(file));

const pages = Object.fromEntries(Object.entries(PAGES).map(([path, parts]) => [path, missing(parts)]));
const arrival = new Set([...start, ...Object.values(pages).flat()]);
for (const { fileName, code } of files)
  writeFileSync(`${SERVED}/${fileName}`, arrival.has(fileName) ? `${COMPILE_AHEAD}\n${code}` : code);

writeFileSync(
  `${SERVED}/page.html`,
  page
    .replace(/<link rel="stylesheet" href="([^"]+)">/, (_link, file) => `<style>${read(file)}</style>`)
    .replace(/(<link rel="modulepreload"[^>]*>)*<script[^]*<\/script>/, () =>
      [
        ...[...start]
          .filter((file) => !scripts.includes(file))
          .map((file) => `<link rel="modulepreload" href="${file}">`),
        ...scripts.map((file) => `<script src="${file}" type="module"></script>`),
      ].join(''),
    ),
);
writeFileSync(
  `${SERVED}/preloads.json`,
  JSON.stringify({
    pages,
    languages: Object.fromEntries(LANGUAGES.map((id) => [id, missing([`i18n/${id}.json`])])),
  }),
);
