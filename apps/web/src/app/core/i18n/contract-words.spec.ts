import * as contracts from '@voxreach/contracts';
import { type AnyProviderDescriptor, PROVIDERS } from '@voxreach/contracts';
import { matchSentence, patternsOf, sentencesOf } from '@voxreach/contracts/sentences';
import { getMetadataStorage, type ValidationArguments } from 'class-validator';
import de from '../../../i18n/de.json' with { type: 'json' };

// That the other languages have the same sentences is tested with them.
const KNOWN = new Set(Object.keys(de));
const PATTERNS = patternsOf([...KNOWN]);

const isTranslated = (text: string): boolean => isKnown(text) || sentencesOf(text).every(isKnown);

const isKnown = (text: string): boolean => KNOWN.has(text) || matchSentence(text, PATTERNS) !== undefined;

/** What is no text: ids, paths, and examples of what to enter. */
const NO_WORDS = [
  'id',
  'provider',
  'situation',
  'path',
  'kind',
  'qualifies',
  'placeholder',
  'initial',
  'value',
];

/** Every text of a descriptor, however deep. */
const textsOf = (described: unknown): string[] => {
  if (typeof described === 'string') return [described];
  if (typeof described !== 'object' || described === null) return [];
  return Object.entries(described).flatMap(([key, value]) => (NO_WORDS.includes(key) ? [] : textsOf(value)));
};

/** A carrier is called by its own name in every language. */
const isName = (text: string, { label }: AnyProviderDescriptor): boolean =>
  text === label && !text.includes(' ');

const isClass = (exported: unknown): exported is new () => object =>
  typeof exported === 'function' && exported.prototype !== undefined;

/** What every rule of a class says of a value that it refuses. */
function messagesOf(type: new () => object): string[] {
  const storage = getMetadataStorage();
  return storage.getTargetValidationMetadatas(type, '', false, false).flatMap((rule) => {
    // A rule of the object inside speaks for these, and the others only say when rules apply.
    if (rule.type !== 'customValidation') return [];
    const [constraint] = storage.getTargetValidatorConstraints(rule.constraintCls);
    const said = rule.message ?? constraint?.instance.defaultMessage?.({} as ValidationArguments) ?? '';
    return [typeof said === 'string' ? said : said({} as ValidationArguments)];
  });
}

/** class-validator's own words, which begin with the property's name. */
const isOfTheLibrary = (message: string): boolean => message.includes('$property');

describe('The words of the contracts', () => {
  test.each(Object.values(PROVIDERS))('on $label are translated', (provider) => {
    const texts = textsOf(provider).filter((text) => !isName(text, provider));

    expect(texts.length).toBeGreaterThan(3);
    expect(texts.filter((text) => !isTranslated(text))).toEqual([]);
  });

  const checked = Object.entries(contracts)
    .flatMap(([name, exported]) => (isClass(exported) ? [{ name, messages: messagesOf(exported) }] : []))
    // What only we answer with is described by the same rules, but never refused.
    .filter(({ messages }) => messages.some((message) => !isOfTheLibrary(message)));

  test('are looked for in every class that a request is held to', () => {
    expect(checked.map(({ name }) => name)).toEqual(
      expect.arrayContaining([
        'CreateAgentBody',
        'CreateCredentialBody',
        'SipGateway',
        'ListPhoneNumbersQuery',
      ]),
    );
  });

  test.each(checked)('with which $name refuses are our own, and translated', ({ messages }) => {
    expect(messages.filter((message) => isOfTheLibrary(message) || !isTranslated(message))).toEqual([]);
  });
});
