import type { Command } from 'commander';
import { addRemoveCommand } from '../removeCommand.ts';

export const addRemovePool = (pools: Command): void =>
  addRemoveCommand(
    pools,
    'pool',
    {
      summary: 'take all nodes out of a pool and remove it',
      effect: 'Takes all nodes out of a pool and removes it; jobs that ask for it wait.',
    },
    (client, name) => client.poolRemove({ name }),
  );
