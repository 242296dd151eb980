import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const CLI = fileURLToPath(new URL('../../../../dist/apps/api/cli.js', import.meta.url));

/** How a command ended, and what it said. */
export interface CommandResult {
  code: number | null;
  /** What it said, on standard output. */
  said: string;
  /** What it noted, on standard error. */
  noted: string;
  /** What it said, as it came. */
  bytes: Buffer;
}

type Environment = Readonly<Record<string, string>>;

/** Runs one of the operator's commands, as built, with this environment and nothing of this machine's. */
export const runCommand = (env: Environment, ...args: string[]): Promise<CommandResult> =>
  feedCommand(env, Buffer.alloc(0), ...args);

/** Runs a command that reads `input`. */
export function feedCommand(env: Environment, input: Buffer, ...args: string[]): Promise<CommandResult> {
  const child = spawn(process.execPath, [CLI, ...args], { env: { PATH: process.env['PATH'], ...env } });
  const said: Buffer[] = [];
  const noted: Buffer[] = [];
  child.stdout.on('data', (bytes: Buffer) => said.push(bytes));
  child.stderr.on('data', (bytes: Buffer) => noted.push(bytes));
  // It may end without reading.
  child.stdin.on('error', () => undefined).end(input);
  return new Promise((resolve) => {
    child.once('close', (code) => {
      const bytes = Buffer.concat(said);
      resolve({ code, bytes, said: bytes.toString(), noted: Buffer.concat(noted).toString() });
    });
  });
}

/** What a command said that has to succeed. */
export async function saidBy(env: Environment, ...args: string[]): Promise<string> {
  const { code, said, noted } = await runCommand(env, ...args);
  if (code !== 0) throw new Error(`${args.join(' ')} ended with ${code}:\n${said}${noted}`);
  return said;
}

/** The passwords that a command has shown. */
export const passwordsIn = (said: string): string[] => said.match(/[0-9a-f]{4}(-[0-9a-f]{4}){5}/g) ?? [];
