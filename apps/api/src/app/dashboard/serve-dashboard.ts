import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fastifyStatic from '@fastify/static';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { SECONDS_OF_A_YEAR } from './security-headers';

/** The built dashboard, beside the built server or in the workspace's output. */
const ROOTS = ['../web/browser', '../../../../../dist/apps/web/browser'].map((path) =>
  fileURLToPath(new URL(path, import.meta.url)),
);

/**
 * Serves the dashboard on the API's port. Its routes are the browser's business, so every page
 * answers with the same document; what is missing under `/api` or looks like a file is 404.
 */
export async function serveDashboard(app: NestFastifyApplication): Promise<void> {
  const fastify = app.getHttpAdapter().getInstance();
  const root = ROOTS.find((directory) => existsSync(join(directory, 'index.html')));
  if (root === undefined) return;
  const page = readFileSync(join(root, 'index.html'), 'utf8');
  const preloads = readPreloads(root);
  await app.register(fastifyStatic, {
    root,
    // The one route for all files comes from the list of files, so that it never shadows a page.
    wildcard: false,
    index: false,
    // Beside each text stand its compressed copies, made by the build.
    preCompressed: true,
    globIgnore: ['**/*.{br,gz}', 'preloads.json'],
    setHeaders: (response, path) => {
      const isHashed = /-[\w-]{8}\.\w+(\.br|\.gz)?$/.test(path);
      response.header(
        'cache-control',
        isHashed ? `public, max-age=${SECONDS_OF_A_YEAR}, immutable` : 'no-cache',
      );
    },
  });
  fastify.addHook('onRequest', async (request: FastifyRequest, reply: FastifyReply) => {
    if (isPage(request)) await sendPage(reply, withPreloads(page, preloads[pathOf(request)] ?? []));
  });
}

/** The files that each page needs, by its path; written at the end of the build. Without them pages take longer, and work. */
function readPreloads(root: string): Partial<Record<string, string[]>> {
  const path = join(root, 'preloads.json');
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Record<string, string[]>) : {};
}

/** The browser fetches all files of the page together, instead of learning of each from another; after the styles and the program itself. */
function withPreloads(page: string, files: readonly string[]): string {
  const links = files.map((file) => `<link rel="modulepreload" fetchpriority="low" href="${file}">`).join('');
  return page.replace('</body>', `${links}</body>`);
}

const pathOf = ({ url }: FastifyRequest): string => url.split('?', 1)[0] ?? '';

/** A navigation of a browser to one of the dashboard's addresses. */
function isPage(request: FastifyRequest): boolean {
  const { method } = request;
  const path = pathOf(request);
  const isFile = path.slice(path.lastIndexOf('/')).includes('.');
  return (
    (method === 'GET' || method === 'HEAD') &&
    path !== '/api' &&
    !path.startsWith('/api/') &&
    (!isFile || path === '/index.html')
  );
}

/** The nonce lets in the styles that Angular adds while it runs, and nothing that anybody else might slip in. */
async function sendPage(reply: FastifyReply, page: string): Promise<void> {
  const nonce = randomBytes(16).toString('base64');
  const policy = [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "font-src 'self'",
    "img-src 'self' data:",
    "connect-src 'self'",
    "base-uri 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');
  await reply
    .header('content-security-policy', policy)
    .header('permissions-policy', 'camera=(), geolocation=(), microphone=(), payment=()')
    .header('cache-control', 'no-store')
    .type('text/html; charset=utf-8')
    .send(page.replace('<app-root', `<app-root ngCspNonce="${nonce}"`));
}
