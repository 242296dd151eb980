/** The longest name that Vapi takes, in characters. */
const MAX_LENGTH = 40;

/** The mark by which an object at Vapi is known to be ours: our row's id, in 22 characters. */
export const tagOf = (id: string): string => Buffer.from(id.replaceAll('-', ''), 'hex').toString('base64url');

/** The name an object gets at Vapi: as much of the display name as fits, then the mark. */
export function taggedName(name: string, id: string): string {
  const tag = tagOf(id);
  const room = MAX_LENGTH - tag.length - 1;
  // By code point, so that no character is cut in half; counted in UTF-16, as Vapi's limit is.
  let display = '';
  for (const character of name) {
    if (display.length + character.length > room) break;
    display += character;
  }
  return `${display.trim()} ${tag}`.trim();
}

export const hasTag = (name: string | undefined, id: string): boolean =>
  name !== undefined && (name === tagOf(id) || name.endsWith(` ${tagOf(id)}`));
