/**
 * Generates Prisma's client. Prisma wants its native schema engine to be there, which it would download, but generating never runs it:
 * any executable file satisfies it.
 */
import { spawnSync } from 'node:child_process';

const { status } = spawnSync('prisma', ['generate'], {
  stdio: 'inherit',
  shell: true,
  env: { ...process.env, PRISMA_SCHEMA_ENGINE_BINARY: process.execPath, PRISMA_HIDE_UPDATE_MESSAGE: '1' },
});
process.exit(status ?? 1);
