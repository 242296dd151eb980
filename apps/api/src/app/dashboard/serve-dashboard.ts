import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import fastifyStatic from '@fastify/static';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { SECONDS_OF_A_YEAR } from './security-headers';

const compress = promisify(gzip);

/** The files that a page needs besides those it names, written at the end of the build: by its path, and by the language of the browser. */
interface Preloads {
  pages: Partial<Record<string, string[]>>;
  languages: Partial<Record<string, string[]>>;
}

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
  const root = ROOTS.find((directory) => existsSync(join(directory, 'page.html')));
  if (root === undefined) return;
  const page = readFileSync(join(root, 'page.html'), 'utf8');
  const preloads = JSON.parse(readFileSync(join(root, 'preloads.json'), 'utf8')) as Preloads;
  await app.register(fastifyStatic, {
    root,
    // The one route for all files comes from the list of files, so that it never shadows a page.
    wildcard: false,
    index: false,
    // Beside each text stand its compressed copies, made by the build.
    preCompressed: true,
    globIgnore: ['**/*.{br,gz}', 'page.html', 'preloads.json'],
    setHeaders: (response, path) => {
      const isHashed = /-[\w-]{8}\.\w+(\.br|\.gz)?$/.test(path);
      response.header(
        'cache-control',
        isHashed ? `public, max-age=${SECONDS_OF_A_YEAR}, immutable` : 'no-cache',
      );
    },
  });
  fastify.addHook('onRequest', async (request: FastifyRequest, reply: FastifyReply) => {
    if (isPage(request)) await sendPage(request, reply, withPreloads(page, neededBy(request, preloads)));
  });
}

/** The language is the one that the dashboard settles on when nobody has chosen another: the first that the browser wants and that there is. */
function neededBy(request: FastifyRequest, { pages, languages }: Preloads): string[] {
  const wanted = (request.headers['accept-language'] ?? '').split(',').map((tag) => tag.trim().slice(0, 2));
  const language = wanted.find((id) => id === 'en' || id in languages) ?? 'en';
  return [...(languages[language] ?? []), ...(pages[pathOf(request)] ?? [])];
}

/** The browser fetches all files of the page together, instead of learning of each from another; after the program itself. */
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

/**
 * The nonce lets in the styles of the page and those that Angular adds while it runs, and nothing that anybody else might slip in. Compressed, since
 * the page repeats nothing of what it was asked for beside which a nonce could be guessed.
 */
async function sendPage(request: FastifyRequest, reply: FastifyReply, page: string): Promise<void> {
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
  const text = page
    .replace('<style>', `<style nonce="${nonce}">`)
    .replace('<app-root', `<app-root ngCspNonce="${nonce}"`);
  const isCompressed = /\bgzip\b/.test(request.headers['accept-encoding'] ?? '');
  if (isCompressed) reply.header('content-encoding', 'gzip');
  await reply
    .header('content-security-policy', policy)
    .header('permissions-policy', 'camera=(), geolocation=(), microphone=(), payment=()')
    .header('cache-control', 'no-store')
    .type('text/html; charset=utf-8')
    .send(isCompressed ? await compress(text) : text);
}
