import type { Command } from 'commander';
import type { Group } from '../../../../client/src/generated.ts';
import { addListCommand } from '../listCommand.ts';

export const addListGroups = (groups: Command): void =>
  addListCommand<Group>(
    groups,
    'Shows the groups of users.',
    async (client, page) => {
      const { groups: entries, nextPageToken } = await client.groupGetList({ ...page });
      return { entries, nextPageToken };
    },
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
  );
