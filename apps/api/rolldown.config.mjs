import { cpSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'rolldown';

const workspace = (path) => fileURLToPath(new URL(`../../${path}`, import.meta.url));

/** Our own code, and the helpers that the compiler puts in. */
const BUNDLED = /^(\.|\/|@voxreach\/|@oxc-project\/runtime)/;

/** Files with this name are for trying VoxReach without an account at Vapi; production leaves them out. */
const SANDBOX = 'vapi-sandbox';

const isSandbox = ({ moduleIds }) => moduleIds.some((id) => id.includes(`/libs/${SANDBOX}/`));

/** The package that an import names: its scope and name, without the path inside it. */
const packageOf = (id) =>
  id
    .split('/')
    .slice(0, id.startsWith('@') ? 2 : 1)
    .join('/');

/** One file for the server, one for the operator's commands, one for the database's thread; packages stay in node_modules. */
export default defineConfig({
  input: {
    main: workspace('apps/api/src/main.ts'),
    cli: workspace('apps/api/src/cli.ts'),
    'embedded-database.worker': workspace('apps/api/src/app/prisma/embedded-database.worker.ts'),
  },
  platform: 'node',
  tsconfig: workspace('apps/api/tsconfig.json'),
  external: (id) => !BUNDLED.test(id),
  output: {
    dir: workspace('dist/apps/api'),
    format: 'esm',
    sourcemap: true,
    cleanDir: true,
    keepNames: true,
    chunkFileNames: (chunk) => `${isSandbox(chunk) ? SANDBOX : '[name]'}-[hash].js`,
  },
  plugins: [
    {
      // What a production install needs; see tools/runtime-package.mjs.
      name: 'list-packages',
      generateBundle(_options, bundle) {
        const chunks = Object.values(bundle).filter(({ type }) => type === 'chunk');
        const files = new Set(chunks.map(({ fileName }) => fileName));
        const packages = chunks
          .filter((chunk) => !isSandbox(chunk))
          .flatMap(({ imports, dynamicImports }) => [...imports, ...dynamicImports])
          .filter((id) => !files.has(id) && !isBuiltin(id))
          .map(packageOf);
        const source = JSON.stringify([...new Set(packages)].toSorted(), null, 2);
        this.emitFile({ type: 'asset', fileName: 'packages.json', source });
      },
    },
    {
      name: 'copy-migrations',
      writeBundle: () =>
        cpSync(workspace('prisma/migrations'), workspace('dist/apps/api/migrations'), { recursive: true }),
    },
  ],
});
