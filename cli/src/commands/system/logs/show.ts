import type { Command } from 'commander';
import { parsePastTime } from '../../../arguments/time.ts';
import { logForTerminal } from '../../../output/logText.ts';
import { openSession } from '../../../session.ts';

interface Search {
  readonly text?: string;
  readonly user?: string;
  readonly operation?: string;
  readonly from?: string;
  readonly to?: string;
}

const PAGE = 1_000;

export function addShowLog(logs: Command): void {
  logs
    .command('show')
    .argument('<log>', 'name of a log, such as activity-2026-11-24.log')
    .summary('print one, or search it')
    .description('Prints a log, or those of its lines that are searched for.')
    .option('--text <text>', 'only lines with this text, in either case')
    .option('--user <name>', 'only lines of this user')
    .option('--operation <name>', 'only lines of this operation, or of this event of an activity log')
    .option('--from <time>', 'only lines of this time and later', parsePastTime)
    .option('--to <time>', 'only lines of this time and earlier', parsePastTime)
    .action(async (name: string, search: Search, command: Command) => {
      const { client, screen } = openSession(command);
      const isOfActions = name.startsWith('action-');
      const texts: string[] = [];
      for (let pageToken: string | null | undefined; pageToken !== null; ) {
        const wanted = { ...search, name, limit: PAGE, ...(pageToken && { pageToken }) };
        const page = isOfActions
          ? await client.systemGetActionLog(wanted)
          : await client.systemGetActivityLog(wanted);
        pageToken = page.nextPageToken;
        if (screen.isJson) texts.push(page.text);
        else process.stdout.write(screen.isTerminal ? logForTerminal(page.text) : page.text);
      }
      if (screen.isJson) screen.answer({ json: () => ({ name, text: texts.join('') }), text: () => [] });
    });
}
