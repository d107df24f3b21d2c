#!/usr/bin/env node
/** `rollcall`: the farm from a terminal. */
import { Command, InvalidArgumentError, Option } from 'commander';
import packageJson from '../package.json' with { type: 'json' };
import { addChunks } from './commands/chunks.ts';
import { addDelete } from './commands/delete.ts';
import { addEdit } from './commands/edit.ts';
import { addEngine } from './commands/engine.ts';
import { addExplain } from './commands/explain.ts';
import { addFolder } from './commands/folder.ts';
import { addHistory } from './commands/history.ts';
import { addList } from './commands/list.ts';
import { addLogin } from './commands/login.ts';
import { addLogout } from './commands/logout.ts';
import { addLogs } from './commands/logs.ts';
import { addMove } from './commands/move.ts';
import { addNodes } from './commands/nodes.ts';
import { addPause } from './commands/pause.ts';
import { addReinit } from './commands/reinit.ts';
import { addRequeue } from './commands/requeue.ts';
import { addResume } from './commands/resume.ts';
import { addShow } from './commands/show.ts';
import { addSubmit } from './commands/submit.ts';
import { addWatch } from './commands/watch.ts';
import { addWhoami } from './commands/whoami.ts';
import { exitCodes } from './exitCodes.ts';
import { exitCodeOf } from './failure.ts';
import { printable } from './output/printable.ts';
import { printError, printErrorLine } from './output/screen.ts';

const groups: readonly [heading: string, add: readonly ((program: Command) => void)[]][] = [
  [
    'Jobs:',
    [addSubmit, addList, addShow, addWatch, addExplain, addPause, addResume, addEdit, addReinit, addDelete],
  ],
  ['Folders:', [addFolder, addMove]],
  ['Chunks:', [addChunks, addRequeue, addLogs, addHistory]],
  ['Farm:', [addNodes, addEngine]],
  ['Session:', [addLogin, addLogout, addWhoami]],
];

function buildProgram(): Command {
  const program = new Command('rollcall')
    .description('Talks to a Rollcall dispatcher: submits jobs, watches them, commands the farm.')
    .version(packageJson.version)
    .addOption(
      new Option('--url <url>', 'address of the dispatcher (default: where you logged in)')
        .env('ROLLCALL_URL')
        .argParser(parseUrl),
    )
    .addOption(new Option('--token <token>', 'token to use instead of logging in').env('ROLLCALL_TOKEN'))
    .option('--json', 'answer with JSON')
    .option('-q, --quiet', 'answer with ids only, or not at all')
    .exitOverride()
    .configureHelp({ showGlobalOptions: true, sortOptions: false })
    .configureOutput({ outputError: (text) => printErrorLine(printable(oneLine(text))) });
  program.addHelpCommand(
    new Command('help').argument('[command]').description('explain a command').helpGroup('Session:'),
  );
  for (const [heading, adders] of groups) {
    program.commandsGroup(heading);
    for (const add of adders) add(program);
  }
  return program;
}

/** Commander's errors as one line: without its own prefix, and with its guess at what was meant behind them. */
const oneLine = (text: string): string =>
  text
    .trim()
    .replace(/^error: /, '')
    .replace(/\s*\n\s*/g, ' ');

function parseUrl(text: string): string {
  const url = URL.parse(text);
  if (url?.protocol === 'http:' || url?.protocol === 'https:') return text;
  throw new InvalidArgumentError('It must be an address such as https://rollcall.example.com.');
}

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
  process.on(signal, () => process.exit(exitCode));
}

try {
  await buildProgram().parseAsync();
} catch (error) {
  process.exitCode = exitCodeOf(error);
  // Commander has said what is wrong already.
  if (!(error instanceof Error && error.name === 'CommanderError')) printError(error);
}
