import type { Command } from 'commander';
import type { HistoryChunk } from '../../../client/src/generated.ts';
import { parseId, parseNumber } from '../arguments/ids.ts';
import { type NodeBook, openNodeBook } from '../nodes.ts';
import { duration, shortTime, size, timeBetween } from '../output/format.ts';
import type { Screen } from '../output/screen.ts';
import { attemptOutcome } from '../output/styles.ts';
import { table } from '../output/table.ts';
import { collect } from '../pages.ts';
import { openSession } from '../session.ts';

const DEFAULT_LIMIT = 1_000;

export function addHistory(program: Command): void {
  program
    .command('history')
    .argument('<job>', 'id of a job', parseId)
    .argument('[chunk]', 'id of a chunk; otherwise all', parseId)
    .summary('show what was tried')
    .description('Shows the attempts that have ended, of deleted jobs too.')
    .option('--limit <count>', 'most attempts', parseNumber(1, 1_000_000), DEFAULT_LIMIT)
    .action(
      async (jobId: number, chunkId: number | undefined, { limit }: { limit: number }, command: Command) => {
        const { client, screen } = openSession(command);
        const { entries, isComplete } = await collect(limit, async (page) => {
          const { attempts, nextPageToken } = await client.chunkGetHistory({ jobId, chunkId, ...page });
          return { entries: attempts, nextPageToken };
        });
        const nodes = await openNodeBook(client, !screen.isJson && entries.length > 0);
        screen.answer({
          json: () => ({ attempts: entries, isComplete }),
          text: () =>
            entries.length === 0 ? ['Nothing has ended yet.'] : historyTable(entries, nodes, screen),
        });
        if (!isComplete) screen.note('There are more; --limit shows more.');
      },
    );
}

function historyTable(attempts: readonly HistoryChunk[], nodes: NodeBook, screen: Screen): string[] {
  const now = Date.now();
  const isReinitialised = attempts.some(({ generation }) => generation > 1);
  return table<HistoryChunk>(
    attempts,
    [
      {
        title: 'GEN',
        align: 'right',
        cell: ({ generation }) => (isReinitialised ? String(generation) : ''),
      },
      { title: 'CHUNK', align: 'right', cell: ({ chunkId }) => String(chunkId) },
      { title: 'TRY', align: 'right', cell: ({ attempt }) => String(attempt) },
      { title: 'OUTCOME', cell: attemptOutcome },
      { title: 'NODE', rank: 1, shrinksTo: 10, cell: ({ nodeId }) => nodes.nameOf(nodeId) },
      { title: 'ENDED', align: 'right', rank: 2, cell: ({ endedAt }) => shortTime(endedAt, now) },
      {
        title: 'TIME',
        align: 'right',
        rank: 3,
        cell: ({ startedAt, endedAt }) => timeBetween(startedAt, endedAt, now),
      },
      {
        title: 'EXIT',
        align: 'right',
        rank: 4,
        cell: ({ exitCode }) => (exitCode === null || exitCode === 0 ? '' : String(exitCode)),
      },
      {
        title: 'CPU TIME',
        align: 'right',
        rank: 6,
        cell: ({ cpuSeconds }) => (cpuSeconds > 0 ? duration(cpuSeconds) : ''),
      },
      {
        title: 'MEMORY',
        align: 'right',
        rank: 7,
        cell: ({ peakMemoryMb }) => (peakMemoryMb > 0 ? size(peakMemoryMb) : ''),
      },
      { title: 'MESSAGE', rank: 5, shrinksTo: 16, cell: ({ message }) => message },
    ],
    screen.width(),
    screen.paint,
  );
}
