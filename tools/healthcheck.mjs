/** For a container without curl: ends with 0 when the server beside it answers. */
const { ok } = await fetch(`http://127.0.0.1:${process.env.PORT ?? 3000}/api/health/live`, {
  signal: AbortSignal.timeout(4_000),
}).catch(() => ({ ok: false }));
process.exit(ok ? 0 : 1);
