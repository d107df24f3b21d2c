import type { Command } from 'commander';
import type { Operations } from '../../../../client/src/generated.ts';
import { counted } from '../../output/format.ts';
import { type Pair, pairs } from '../../output/pairs.ts';
import { openSession } from '../../session.ts';

type Bounds = Operations['dbGetHistoryBounds']['output'];

export function addBounds(db: Command): void {
  db.command('bounds')
    .summary('show from when to when there are statistics and history')
    .description('Shows from when to when there are statistics and history, and how much of them.')
    .action(async (_: object, command: Command) => {
      const { client, screen } = openSession(command);
      const [statistics, history] = await Promise.all([
        client.dbGetStatisticsBounds({}),
        client.dbGetHistoryBounds({}),
      ]);
      screen.answer({
        json: () => ({ statistics, history }),
        text: () =>
          pairs([line('Statistics', statistics, 'sample'), line('History', history, 'attempt')], screen),
      });
    });
}

function line(name: string, { start, end, sampleCount, isComplete }: Bounds, what: string): Pair {
  if (start === null || end === null) return [name, `no ${what}s`];
  return [name, `${isComplete ? '' : 'more than '}${counted(sampleCount, what)}, from ${start} to ${end}`];
}
