import { type Command, Option } from 'commander';
import type { StatisticsSample } from '../../../../client/src/generated.ts';
import { parseNumber } from '../../arguments/ids.ts';
import { shortTime } from '../../output/format.ts';
import { type Column, table } from '../../output/table.ts';
import { collect } from '../../pages.ts';
import { openSession } from '../../session.ts';
import { parseMoment } from './range.ts';

const DEFAULT_LIMIT = 1_000;

interface Options {
  readonly from?: string;
  readonly to?: string;
  readonly limit: number;
}

export function addStatistics(db: Command): void {
  db.command('statistics')
    .summary('show what the farm did, minute by minute')
    .description(
      'Shows samples of the statistics: queue, nodes, pace, and what was done since the counters began.',
    )
    .addOption(new Option('--from <time>', 'from this time on').argParser(parseMoment))
    .addOption(new Option('--to <time>', 'to this time').argParser(parseMoment))
    .option('--limit <count>', 'most samples', parseNumber(1, 1_000_000), DEFAULT_LIMIT)
    .action(async ({ from: start, to: end, limit }: Options, command: Command) => {
      const { client, screen } = openSession(command);
      const { entries, isComplete } = await collect(limit, async (page) => {
        const { samples, nextPageToken } = await client.dbGetStatistics({ start, end, ...page });
        return { entries: samples, nextPageToken };
      });
      screen.answer({
        json: () => ({ samples: entries, isComplete }),
        text: () =>
          entries.length === 0
            ? ['No samples.']
            : table(entries, columns(Date.now()), screen.width(), screen.paint),
      });
      if (!isComplete) screen.note('There are more; --limit shows more.');
    });
}

const columns = (now: number): Column<StatisticsSample>[] => [
  { title: 'TIME', cell: ({ at }) => shortTime(at, now) },
  number('QUEUED', ({ chunksQueued }) => chunksQueued),
  number('JOBS', ({ jobsQueued, jobsInProgress }) => jobsQueued + jobsInProgress, 2),
  number('WAITING', ({ jobsWaiting }) => jobsWaiting, 5),
  number('WORKING', ({ nodesWorking }) => nodesWorking, 1),
  number('IDLE', ({ nodesIdle }) => nodesIdle, 3),
  number('PAUSED', ({ nodesPaused }) => nodesPaused, 6),
  number('FRAMES/H', ({ framesPerHour }) => Math.round(framesPerHour)),
  number('FRAMES', ({ framesCompleted }) => framesCompleted, 4),
  number('FAILURES', ({ failures }) => failures, 4),
];

const number = (
  title: string,
  countOf: (sample: StatisticsSample) => number,
  rank = 0,
): Column<StatisticsSample> => ({ title, align: 'right', rank, cell: (sample) => String(countOf(sample)) });
