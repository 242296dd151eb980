import 'reflect-metadata';
import { runCommand } from './app/operator/run-command';

// Not `process.exit`: what was written to a pipe has to arrive first.
process.exitCode = await runCommand(process.argv.slice(2), process.env, {
  say: (text) => console.log(text),
  note: (text) => console.error(text),
});
