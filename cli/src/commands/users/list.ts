import type { Command } from 'commander';
import type { User } from '../../../../client/src/generated.ts';
import { addListCommand } from '../listCommand.ts';

export const addListUsers = (users: Command): void =>
  addListCommand<User>(
    users,
    'Shows the users of the farm.',
    async (client, page) => {
      const { users: entries, nextPageToken } = await client.userGetList({ ...page });
      return { entries, nextPageToken };
    },
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
  );
