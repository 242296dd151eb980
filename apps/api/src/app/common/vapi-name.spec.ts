import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { hasTag, tagOf, taggedName } from './vapi-name';

const id = fc.uuid();
/** Any text of whole characters: all scripts, emoji made of several parts, control characters. */
const name = fc.oneof(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'binary' }), fc.string());
const LONE_SURROGATE = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/;

describe('the name of an object at Vapi', () => {
  it('has 40 characters at most, whatever the display name is', () => {
    fc.assert(
      fc.property(name, id, (display, uuid) => {
        expect(taggedName(display, uuid).length).toBeLessThanOrEqual(40);
      }),
    );
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 40, maxLength: 80 }), id, (display, uuid) => {
        expect(taggedName(display, uuid).length).toBeLessThanOrEqual(40);
      }),
    );
  });

  it('cuts no character in half', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), id, (display, uuid) => {
        expect(taggedName(display, uuid)).not.toMatch(LONE_SURROGATE);
      }),
    );
    expect(taggedName(`${'x'.repeat(16)}😀`, randomUUID())).toMatch(/^x{16} /);
  });

  it('is known by its tag, and by no other', () => {
    fc.assert(
      fc.property(name, id, id, (display, uuid, other) => {
        fc.pre(uuid !== other);
        const given = taggedName(display, uuid);
        expect([hasTag(given, uuid), hasTag(given, other)]).toEqual([true, false]);
      }),
    );
  });

  it('begins with as much of the display name as fits', () => {
    const uuid = randomUUID();
    expect(taggedName('Front desk', uuid)).toBe(`Front desk ${tagOf(uuid)}`);
    expect(taggedName('x'.repeat(80), uuid)).toBe(`${'x'.repeat(17)} ${tagOf(uuid)}`);
  });

  it.each(['', ' ', '\t\n'])('is the tag alone when the display name is %j', (blank) => {
    const uuid = randomUUID();
    expect(taggedName(blank, uuid)).toBe(tagOf(uuid));
    expect(hasTag(tagOf(uuid), uuid)).toBe(true);
  });

  it('is nobody’s when it is missing', () => {
    expect(hasTag(undefined, randomUUID())).toBe(false);
  });
});

describe('a tag', () => {
  it('is the whole id in 22 characters that need no escaping', () => {
    fc.assert(
      fc.property(id, (uuid) => {
        const tag = tagOf(uuid);
        expect(tag).toMatch(/^[\w-]{22}$/);
        expect(Buffer.from(tag, 'base64url').toString('hex')).toBe(uuid.replaceAll('-', '').toLowerCase());
      }),
    );
  });
});
