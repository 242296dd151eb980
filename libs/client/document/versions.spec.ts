import { readFileSync } from 'node:fs';
import { rewritten, withVersionOf } from './versions.mjs';

interface Document {
  info: { version: string };
  paths: Record<string, object>;
}

const read = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../${name}`, import.meta.url), 'utf8'));

const document = read('openapi.json') as Document;
const versions = read('versions.json') as Record<string, string>;

const changed: Document = { ...document, paths: { ...document.paths, '/api/new': {} } };

describe('The version of the document', () => {
  it('is on record with this document', () => {
    expect(versions).toHaveProperty([document.info.version]);
    expect(withVersionOf(versions, document)).toEqual(versions);
  });

  it('cannot stay when the document changes', () => {
    expect(() => withVersionOf(versions, changed)).toThrow(/Raise API_VERSION/);
  });

  it('goes on record when it is new', () => {
    const next = withVersionOf(versions, { ...changed, info: { ...document.info, version: '999.0.0' } });
    expect(next).toEqual({ ...versions, '999.0.0': expect.stringMatching(/^[0-9a-f]{64}$/) });
    expect(Object.values(versions)).not.toContain(next['999.0.0']);
  });
});

describe('The record of versions', () => {
  it('may grow', () => {
    expect(rewritten(versions, { ...versions, '999.0.0': 'new' })).toEqual([]);
  });

  it('keeps what it has', () => {
    const before = { '1.0.0': 'one', '1.1.0': 'two', '2.0.0': 'three' };
    expect(rewritten(before, { '1.0.0': 'one', '1.1.0': 'other' })).toEqual(['1.1.0', '2.0.0']);
  });
});
