import type { InputField } from '@voxreach/contracts';
import { said, t } from '../../../core/i18n/translate';

/** The fields that are filled in together; `name` says which, where there are several ways. */
interface FieldWay<Field> {
  name: string | null;
  fields: Field[];
}

/** Neighbouring fields: either all of them are asked for, or one of several ways is enough. */
export interface FieldChoice<Field> {
  ways: FieldWay<Field>[];
  /** The ways in words, in the language that is spoken now; null where there is nothing to choose. */
  words: string | null;
}

/** Puts together what a descriptor offers as several ways, in its order. */
export function choicesOf<Field extends Pick<InputField, 'either'>>(
  fields: readonly Field[],
): FieldChoice<Field>[] {
  const ways: FieldWay<Field>[] = [];
  for (const field of fields) {
    const name = field.either ?? null;
    const last = ways.at(-1);
    if (last?.name === name) last.fields.push(field);
    else ways.push({ name, fields: [field] });
  }
  const choices: FieldWay<Field>[][] = [];
  for (const way of ways) {
    const last = choices.at(-1);
    const isNext = way.name !== null && last !== undefined && last[0]?.name !== null;
    if (isNext) last.push(way);
    else choices.push([way]);
  }
  return choices.map((all) => ({ ways: all, words: wordsOf(all) }));
}

const wordsOf = (ways: readonly FieldWay<unknown>[]): string | null =>
  ways
    .flatMap(({ name }) => (name === null ? [] : [said(name)]))
    .reduce<string | null>(
      (first, second) => (first === null ? second : t('{first}, or {second}', { first, second })),
      null,
    );
