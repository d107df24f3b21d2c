import type { Command } from 'commander';
import type { User } from '../../../../client/src/generated.ts';
import { table } from '../../output/table.ts';
import { collect } from '../../pages.ts';
import { openSession } from '../../session.ts';

/** Farms have fewer; it only keeps a broken answer from never ending. */
const MOST = 10_000;

export function addListUsers(users: Command): void {
  users
    .command('list', { isDefault: true })
    .summary('show them; the same as users alone')
    .description('Shows the users of the farm.')
    .action(async (_: object, command: Command) => {
      const { client, screen } = openSession(command);
      const { entries, isComplete } = await collect<User>(MOST, async (page) => {
        const answer = await client.userGetList({ ...page });
        return { entries: answer.users, nextPageToken: answer.nextPageToken };
      });
      screen.answer({
        json: () => ({ users: entries, isComplete }),
        text: () =>
          entries.length === 0
            ? ['No users.']
            : table<User>(
                entries,
                [
                  { title: 'NAME', shrinksTo: 20, cell: ({ name }) => name },
                  {
                    title: '',
                    cell: ({ isAdmin, isEnabled }) => (isEnabled ? (isAdmin ? 'admin' : '') : 'disabled'),
                  },
                  { title: 'GROUPS', rank: 1, shrinksTo: 12, cell: ({ groups }) => groups.join(', ') },
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
