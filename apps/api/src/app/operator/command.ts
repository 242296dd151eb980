import { parseArgs, type ParseArgsConfig } from 'node:util';
import type { Operator } from './operator';
import { UsageError } from './operator-error';

interface Option {
  /** What stands for its value in the help; without one it is a switch. */
  value?: string;
  about: string;
  isRequired?: true;
}

/** What a command was called with. */
export interface Arguments {
  /** By the names that the command gives them. */
  given: Readonly<Record<string, string>>;
  switches: ReadonlySet<string>;
}

/** One thing that an operator can have done. */
export interface Command {
  summary: string;
  /** What else the help says. */
  notes?: string;
  /** Names of the values that follow the command. */
  values: readonly string[];
  options?: Readonly<Record<string, Option>>;
  /** A database that is not there yet is made. */
  mayBegin?: true;
  /** Gives back the exit code. */
  run(operator: Operator, args: Arguments): Promise<0 | 1>;
}

/** Reads what follows the name of a command. Undefined when its help is asked for. @throws UsageError */
export function argumentsOf(command: Command, args: readonly string[]): Arguments | undefined {
  const { values, positionals } = parsed(command, args);
  if (values['help'] === true) return undefined;
  const missing = command.values.find((_name, index) => !positionals[index]);
  if (missing !== undefined) throw new UsageError(`<${missing}> is missing.`);
  const [surplus] = positionals.slice(command.values.length);
  if (surplus !== undefined)
    throw new UsageError(`"${surplus}" is one value too many. Put quotes around text with blanks.`);
  for (const [name, { value, isRequired }] of Object.entries(command.options ?? {}))
    if (isRequired && !values[name]) throw new UsageError(`--${name} <${value}> is missing.`);
  const texts = Object.entries(values).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string',
  );
  return {
    given: Object.fromEntries([
      ...command.values.map((name, index) => [name, positionals[index] ?? '']),
      ...texts,
    ]),
    switches: new Set(Object.keys(values).filter((name) => values[name] === true)),
  };
}

function parsed({ options = {} }: Command, args: readonly string[]) {
  const known: NonNullable<ParseArgsConfig['options']> = { help: { type: 'boolean', short: 'h' } };
  for (const [name, { value }] of Object.entries(options))
    known[name] = { type: value === undefined ? 'boolean' : 'string' };
  try {
    return parseArgs({
      args: [...args],
      options: known,
      allowPositionals: true,
    });
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code?.startsWith('ERR_PARSE_ARGS') !== true) throw error;
    // Node goes on with advice about its own syntax.
    throw new UsageError(`${message.split(/\.\s|\n/, 1)[0]?.replace(/\.$/, '')}.`);
  }
}

/** How a command is called. */
export const usageOf = (name: string, { values, options = {} }: Command): string =>
  [name, ...values.map((value) => `<${value}>`), ...Object.entries(options).map(optionUsage)].join(' ');

function optionUsage([name, { value, isRequired }]: [string, Option]): string {
  const text = value === undefined ? `--${name}` : `--${name} <${value}>`;
  return isRequired ? text : `[${text}]`;
}

/** The help for one command. */
export function helpOf(name: string, command: Command): string {
  const options = Object.entries({ ...command.options, help: { about: 'Shows this.' } as Option });
  const width = Math.max(...options.map(([option]) => option.length));
  return [
    `voxreach ${usageOf(name, command)}`,
    '',
    command.summary,
    ...(command.notes === undefined ? [] : ['', command.notes]),
    '',
    ...options.map(([option, { about }]) => `  --${option.padEnd(width)}  ${about}`),
  ].join('\n');
}
