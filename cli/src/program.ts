/** The command line as a tree of commands: parsed from, and what help, completion and the manual page are made of. */
import { Command, InvalidArgumentError, Option } from 'commander';
import packageJson from '../package.json' with { type: 'json' };
import { addBackup } from './commands/backup.ts';
import { addCall } from './commands/call.ts';
import { addChunk } from './commands/chunk.ts';
import { addChunks } from './commands/chunks.ts';
import { addClients } from './commands/clients.ts';
import { addCompletion } from './commands/completion.ts';
import { addDb } from './commands/db.ts';
import { addDelete } from './commands/delete.ts';
import { addEdit } from './commands/edit.ts';
import { addEngine } from './commands/engine.ts';
import { addEvents } from './commands/events.ts';
import { addExplain } from './commands/explain.ts';
import { addFolder } from './commands/folder.ts';
import { addGroups } from './commands/groups.ts';
import { addHistory } from './commands/history.ts';
import { addHooks } from './commands/hooks.ts';
import { addList } from './commands/list.ts';
import { addLog } from './commands/log.ts';
import { addLogin } from './commands/login.ts';
import { addLogout } from './commands/logout.ts';
import { addLogs } from './commands/logs.ts';
import { addMove } from './commands/move.ts';
import { addNodes } from './commands/nodes.ts';
import { addNotificators } from './commands/notificators.ts';
import { addPassword } from './commands/password.ts';
import { addPause } from './commands/pause.ts';
import { addPools } from './commands/pools.ts';
import { addRecount } from './commands/recount.ts';
import { addReinit } from './commands/reinit.ts';
import { addRepositories } from './commands/repositories.ts';
import { addRequeue } from './commands/requeue.ts';
import { addResend } from './commands/resend.ts';
import { addResume } from './commands/resume.ts';
import { addScript } from './commands/script.ts';
import { addShow } from './commands/show.ts';
import { addSubmit } from './commands/submit.ts';
import { addSystem } from './commands/system.ts';
import { addTemplates } from './commands/templates.ts';
import { addTokens } from './commands/tokens.ts';
import { addUsers } from './commands/users.ts';
import { addWatch } from './commands/watch.ts';
import { addWhoami } from './commands/whoami.ts';
import { printable } from './output/printable.ts';
import { printErrorLine } from './output/screen.ts';

const groups: readonly [heading: string, add: readonly ((program: Command) => void)[]][] = [
  [
    'Jobs:',
    [
      addSubmit,
      addList,
      addShow,
      addWatch,
      addExplain,
      addPause,
      addResume,
      addEdit,
      addReinit,
      addDelete,
      addBackup,
      addRecount,
      addResend,
    ],
  ],
  ['Folders:', [addFolder, addMove]],
  ['Chunks:', [addChunks, addChunk, addRequeue, addLogs, addHistory]],
  [
    'Farm:',
    [
      addNodes,
      addPools,
      addClients,
      addNotificators,
      addRepositories,
      addTemplates,
      addHooks,
      addScript,
      addUsers,
      addGroups,
      addEngine,
      addSystem,
      addLog,
      addDb,
      addEvents,
      addCall,
    ],
  ],
  ['Session:', [addLogin, addLogout, addWhoami, addPassword, addTokens, addCompletion]],
];

/** The tree; it parses nothing yet. */
export function buildProgram(): Command {
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
