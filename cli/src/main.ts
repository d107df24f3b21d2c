#!/usr/bin/env node
/** `rollcall`: the farm from a terminal. */
import { exitCodes } from './exitCodes.ts';
import { exitCodeOf } from './failure.ts';
import { leave } from './leaving.ts';
import { printError } from './output/screen.ts';
import { buildProgram } from './program.ts';

/** A reader that has had enough, such as `head`, is no error. */
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') printError(error);
  process.exit(error.code === 'EPIPE' ? exitCodes.ok : exitCodes.bug);
});
process.stderr.on('error', () => {});
// Leaving by exit lets a live view give the cursor back; a signal that kills would not.
for (const [signal, exitCode] of [
  ['SIGINT', exitCodes.interrupted],
  ['SIGTERM', 143],
  ['SIGHUP', 129],
] as const) {
  process.on(signal, () => leave(exitCode));
}

try {
  await buildProgram().parseAsync();
} catch (error) {
  process.exitCode = exitCodeOf(error);
  // Commander has said what is wrong already.
  if (!(error instanceof Error && error.name === 'CommanderError')) printError(error);
}
