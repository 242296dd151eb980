import type { GroupField, InputField, ListField, ProviderField } from '@voxreach/contracts';
import { choicesOf, type FieldChoice } from './field-choices';
import { pathUnder, under } from './provider-form';

/** What is drawn in one go. Paths are whole, but those of `fields` begin where the prefix ends. */
export type FieldBlock =
  | { kind: 'inputs'; choices: FieldChoice<InputField>[] }
  | { kind: 'group'; group: GroupField; fields: readonly InputField[] }
  | { kind: 'list'; list: ListField };

/** Fields that are rarely needed, under one name. */
export interface FieldFold {
  name: string;
  fields: ProviderField[];
}

/** The fields that are always seen, in their order. */
export function blocksOf(prefix: string, fields: readonly ProviderField[]): FieldBlock[] {
  const blocks: FieldBlock[] = [];
  let inputs: InputField[] = [];
  const endInputs = () => {
    if (inputs.length > 0) blocks.push({ kind: 'inputs', choices: choicesOf(under(prefix, inputs)) });
    inputs = [];
  };
  for (const field of fields) {
    if (field.kind !== 'list' && field.fold !== undefined) continue;
    if (field.kind !== 'list' && field.kind !== 'group') {
      inputs.push(field);
      continue;
    }
    endInputs();
    const path = pathUnder(prefix, field.path);
    if (field.kind === 'list') blocks.push({ kind: 'list', list: { ...field, path } });
    else
      blocks.push({
        kind: 'group',
        group: { ...field, path, fields: under(prefix, field.fields) },
        fields: field.fields,
      });
  }
  endInputs();
  return blocks;
}

/** The others, as they are drawn once their fold is opened. */
export function foldsOf(fields: readonly ProviderField[]): FieldFold[] {
  const folds = new Map<string, ProviderField[]>();
  for (const field of fields) {
    if (field.kind === 'list' || field.fold === undefined) continue;
    const { fold, ...unfolded } = field;
    folds.set(fold, [...(folds.get(fold) ?? []), unfolded]);
  }
  return [...folds].map(([name, inside]) => ({ name, fields: inside }));
}
