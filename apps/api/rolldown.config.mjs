import { cpSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'rolldown';

const workspace = (path) => fileURLToPath(new URL(`../../${path}`, import.meta.url));

/** Our own code, and the helpers that the compiler puts in. */
const BUNDLED = /^(\.|\/|@voxreach\/|@oxc-project\/runtime)/;

/** One file for the server, one for the database's thread; packages stay in node_modules. */
export default defineConfig({
  input: {
    main: workspace('apps/api/src/main.ts'),
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
  },
  plugins: [
    {
      name: 'copy-migrations',
      writeBundle: () =>
        cpSync(workspace('prisma/migrations'), workspace('dist/apps/api/migrations'), { recursive: true }),
    },
  ],
});
