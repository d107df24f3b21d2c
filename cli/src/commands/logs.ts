import type { Command } from 'commander';
import { UnreachableError } from '../../../client/src/client.ts';
import { parseId, parseNumber } from '../arguments/ids.ts';
import { logForTerminal } from '../output/logText.ts';
import { openSession } from '../session.ts';

export function addLogs(program: Command): void {
  program
    .command('logs')
    .argument('<job>', 'id of a job', parseId)
    .argument('<chunk>', 'id of a chunk', parseId)
    .summary('print what a chunk printed')
    .description('Prints the output of the render process of a chunk, once that has ended.')
    .option('--attempt <number>', 'the attempt; otherwise the last one', parseNumber(1))
    .action(async (jobId: number, chunkId: number, { attempt }: { attempt?: number }, command: Command) => {
      const { client, screen } = openSession(command);
      const log = await client.chunkGetLog({ jobId, chunkId, attempt });
      const text = await download(log.url);
      if (screen.isJson) screen.answer({ json: () => ({ attempt: log.attempt, text }), text: () => [] });
      else process.stdout.write(screen.isTerminal ? logForTerminal(text) : text);
    });
}

/** The link leads to where logs are kept, not to the dispatcher, and needs no token. */
async function download(url: string): Promise<string> {
  let response: Response;
  try {
    response = await fetch(url);
    if (response.ok) return await response.text();
  } catch (cause) {
    throw new UnreachableError(`no answer from ${new URL(url).origin}, where logs are kept`, { cause });
  }
  throw new UnreachableError(`${new URL(url).origin} answered ${response.status} for the log`);
}
