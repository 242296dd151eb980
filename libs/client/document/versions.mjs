import { createHash } from 'node:crypto';

/**
 * Which document each version of the API had: the SHA-256 of its JSON, by version.
 *
 * @typedef {Record<string, string>} Versions
 */

/**
 * The versions with that of this document. A version has one document for good: throws when it is another one.
 *
 * @param {Versions} versions
 * @param {{ info: { version: string } }} document
 * @returns {Versions}
 */
export function withVersionOf(versions, document) {
  const { version } = document.info;
  const hash = createHash('sha256').update(JSON.stringify(document)).digest('hex');
  if ((versions[version] ?? hash) !== hash)
    throw new Error(
      `The document has changed, and ${version} is the version of another one. Raise API_VERSION in apps/api/src/app/docs/openapi.ts.`,
    );
  return { ...versions, [version]: hash };
}

/**
 * Versions that had another document before, or had one and are gone.
 *
 * @param {Versions} before
 * @param {Versions} after
 * @returns {string[]}
 */
export const rewritten = (before, after) =>
  Object.keys(before).filter((version) => after[version] !== before[version]);
