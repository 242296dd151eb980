/**
 * How long the built server takes until it answers for the first time, with an embedded database that is there already, and what memory it holds then.
 *
 *   npm run build && npm run bench -- start
 */
import { readFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { quantile, start } from './support/installation.mjs';

const ROUNDS = 10;

const folder = mkdtempSync(join(tmpdir(), 'voxreach-bench-'));
const [times, memory] = [[], []];
try {
  for (let round = 0; round <= ROUNDS; round++) {
    const begun = performance.now();
    const server = await start('dist/apps/api/main.js', { PORT: '0', DATA_DIR: folder, LOG_LEVEL: 'error' });
    const { status } = await fetch(`${server.url}/api/health/ready`);
    if (status !== 200) throw new Error(`Answered ${status}`);
    // The first start makes the database.
    if (round > 0) {
      times.push(performance.now() - begun);
      memory.push(residentMegabytes(server.pid));
    }
    await server.stop();
  }
  console.log(
    `start: half within ${(quantile(times, 0.5) / 1_000).toFixed(2)} s, all within ${(quantile(times, 1) / 1_000).toFixed(2)} s`,
  );
  console.log(`memory after the first answer: ${quantile(memory, 0.5).toFixed(0)} MB resident`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** As Linux counts it. */
function residentMegabytes(pid) {
  const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Number(kilobytes) / 1_024;
}
