import { type Origin, SYSTEM, withOrigin } from '../common/origin';
import { ConfigurationError, readEnvironment } from '../config/environment';
import { DatabaseRefusedError } from '../prisma/command-database';
import { argumentsOf, type Command, helpOf, usageOf } from './command';
import { COMMANDS } from './commands';
import { Operator, type Terminal } from './operator';
import { OperatorError, UsageError } from './operator-error';

/** In the audit trail: whoever can run a command is nobody whom an organisation knows. */
const OPERATOR: Origin = { ...SYSTEM, actor: { type: 'system', id: null, name: 'Operator' } };

/** Done, failed, or not called as it is to be. */
export type ExitCode = 0 | 1 | 2;

/** Runs the command that `args` name, on the installation that `variables` describe. */
export async function runCommand(
  [name, ...args]: readonly string[],
  variables: NodeJS.ProcessEnv,
  terminal: Terminal,
): Promise<ExitCode> {
  if (name === undefined || ['help', '--help', '-h'].includes(name)) {
    terminal.say(overview());
    return name === undefined ? 2 : 0;
  }
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (command === undefined) {
    terminal.note(`There is no command "${name}". --help lists all of them.`);
    return 2;
  }
  try {
    return await run(name, command, args, variables, terminal);
  } catch (error) {
    if (error instanceof UsageError) {
      terminal.note(`${error.message}\nUsage: voxreach ${usageOf(name, command)}`);
      return 2;
    }
    // These say what to do; a trace would only hide it.
    const isForPeople = [OperatorError, DatabaseRefusedError, ConfigurationError].some(
      (each) => error instanceof each,
    );
    terminal.note(isForPeople || !(error instanceof Error) ? messageOf(error) : `${error.stack}`);
    return 1;
  }
}

async function run(
  name: string,
  command: Command,
  args: readonly string[],
  variables: NodeJS.ProcessEnv,
  terminal: Terminal,
): Promise<0 | 1> {
  const given = argumentsOf(command, args);
  if (given === undefined) {
    terminal.say(helpOf(name, command));
    return 0;
  }
  const operator = await Operator.open(readEnvironment(variables), terminal, command.mayBegin === true);
  try {
    return await withOrigin(OPERATOR, () => command.run(operator, given));
  } finally {
    await operator.close();
  }
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

function overview(): string {
  const commands = Object.entries(COMMANDS);
  const width = Math.max(...commands.map(([name]) => name.length));
  return [
    'voxreach <command>: for the operator of an installation, with the same environment as its server.',
    '',
    ...commands.map(([name, { summary }]) => `  ${name.padEnd(width)}  ${summary}`),
    '',
    'voxreach <command> --help says more. Ends with 0 when done, 1 when it failed, 2 when it was called wrongly.',
  ].join('\n');
}
