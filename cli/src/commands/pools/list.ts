import type { Command } from 'commander';
import type { Pool } from '../../../../client/src/generated.ts';
import { counted } from '../../output/format.ts';
import { addListCommand } from '../listCommand.ts';

export const addListPools = (pools: Command): void =>
  addListCommand<Pool>(
    pools,
    'Shows the pools of the farm: those that were added, and those that only nodes name.',
    async (client, page) => {
      const { pools: entries, nextPageToken } = await client.poolGetList({ ...page });
      return { entries, nextPageToken };
    },
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
  );
