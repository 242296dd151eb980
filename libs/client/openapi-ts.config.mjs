import { fileURLToPath } from 'node:url';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

/** Types and one method an operation, out of the document. */
export default {
  input: here('openapi.json'),
  // Endings as TypeScript rewrites them: the package is plain ES modules.
  output: { path: here('src/generated'), module: { extension: '.ts' } },
  // Vapi calls these, and nobody else can.
  parser: { filters: { tags: { exclude: ['Webhooks'] } } },
  logs: { file: false },
  plugins: [
    '@hey-api/typescript',
    { name: '@hey-api/client-fetch', throwOnError: true },
    {
      name: '@hey-api/sdk',
      operations: { strategy: 'single', containerName: 'VoxReach', nesting: 'operationId' },
    },
  ],
};
