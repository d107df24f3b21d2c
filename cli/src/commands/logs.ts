import type { Command } from 'commander';
import { parseId, parseNumber } from '../arguments/ids.ts';
import { downloadLog } from '../downloadBlob.ts';
import { logForTerminal } from '../output/logText.ts';
import { openSession } from '../session.ts';
import { followLog } from '../watching/followLog.ts';
import { intervalOption } from './watch.ts';

interface LogsOptions {
  readonly attempt?: number;
  readonly follow?: boolean;
  readonly interval: number;
}

/** Nodes send what is new each second. */
const DEFAULT_INTERVAL_SECONDS = 1;

export function addLogs(program: Command): void {
  program
    .command('logs')
    .argument('<job>', 'id of a job', parseId)
    .argument('<chunk>', 'id of a chunk', parseId)
    .summary('print what a chunk printed')
    .description(
      'Prints the output of the render process of a chunk, once that has ended. With --follow it prints the output as it is ' +
        'written, until the attempt ends: it turns the real-time log of the node on and, at its end or on Ctrl-C, off again.',
    )
    .option('-f, --follow', 'print it as it is written')
    .option('--attempt <number>', 'the attempt; otherwise the last one', parseNumber(1))
    .addOption(intervalOption(DEFAULT_INTERVAL_SECONDS))
    .action(async (jobId: number, chunkId: number, options: LogsOptions, command: Command) => {
      const { attempt, follow = false, interval } = options;
      const session = openSession(command);
      const { client, screen } = session;
      if (follow) {
        await followLog(session, { jobId, chunkId, attempt }, interval);
        return;
      }
      const log = await client.chunkGetLog({ jobId, chunkId, attempt });
      const text = await downloadLog(log.url);
      if (screen.isJson) screen.answer({ json: () => ({ attempt: log.attempt, text }), text: () => [] });
      else process.stdout.write(screen.isTerminal ? logForTerminal(text) : text);
    });
}
