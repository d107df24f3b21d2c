import type { Command } from 'commander';
import type { Group } from '../../../../client/src/generated.ts';
import { table } from '../../output/table.ts';
import { collect } from '../../pages.ts';
import { openSession } from '../../session.ts';

/** Farms have fewer; it only keeps a broken answer from never ending. */
const MOST = 10_000;

export function addListGroups(groups: Command): void {
  groups
    .command('list', { isDefault: true })
    .summary('show them; the same as groups alone')
    .description('Shows the groups of users.')
    .action(async (_: object, command: Command) => {
      const { client, screen } = openSession(command);
      const { entries, isComplete } = await collect<Group>(MOST, async (page) => {
        const answer = await client.groupGetList({ ...page });
        return { entries: answer.groups, nextPageToken: answer.nextPageToken };
      });
      screen.answer({
        json: () => ({ groups: entries, isComplete }),
        text: () =>
          entries.length === 0
            ? ['No groups.']
            : table<Group>(
                entries,
                [
                  { title: 'NAME', shrinksTo: 20, cell: ({ name }) => name },
                  { title: 'RIGHTS', rank: 2, shrinksTo: 16, cell: ({ rights }) => rights.join(', ') },
                  { title: 'POOLS', rank: 3, shrinksTo: 16, cell: ({ pools }) => pools.join(', ') },
                  {
                    title: 'PRIORITY TO',
                    rank: 3,
                    align: 'right',
                    cell: ({ maximumPriority }) => (maximumPriority === null ? '' : String(maximumPriority)),
                  },
                  { title: 'DESCRIPTION', rank: 4, shrinksTo: 16, cell: ({ description }) => description },
                ],
                screen.width(),
                screen.paint,
              ),
        quiet: () => entries.map(({ name }) => name),
      });
    });
}
