import type { Command } from 'commander';
import type { Pool } from '../../../../client/src/generated.ts';
import { counted } from '../../output/format.ts';
import { table } from '../../output/table.ts';
import { collect } from '../../pages.ts';
import { openSession } from '../../session.ts';

/** Farms have fewer; it only keeps a broken answer from never ending. */
const MOST_POOLS = 10_000;

export function addListPools(pools: Command): void {
  pools
    .command('list', { isDefault: true })
    .summary('show them; the same as pools alone')
    .description('Shows the pools of the farm: those that were added, and those that only nodes name.')
    .action(async (_: object, command: Command) => {
      const { client, screen } = openSession(command);
      const { entries, isComplete } = await collect<Pool>(MOST_POOLS, async (page) => {
        const answer = await client.poolGetList({ ...page });
        return { entries: answer.pools, nextPageToken: answer.nextPageToken };
      });
      screen.answer({
        json: () => ({ pools: entries, isComplete }),
        text: () =>
          entries.length === 0
            ? ['No pools.']
            : table<Pool>(
                entries,
                [
                  { title: 'NAME', shrinksTo: 20, cell: ({ name }) => name },
                  { title: 'NODES', align: 'right', cell: ({ nodes }) => String(nodes.length) },
                  {
                    title: 'WAKES BESIDES',
                    rank: 2,
                    cell: ({ wakeAddresses: { length } }) => (length === 0 ? '' : counted(length, 'machine')),
                  },
                  { title: 'DESCRIPTION', rank: 3, shrinksTo: 16, cell: ({ description }) => description },
                ],
                screen.width(),
                screen.paint,
              ),
        quiet: () => entries.map(({ name }) => name),
      });
    });
}
