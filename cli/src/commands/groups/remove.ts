import type { Command } from 'commander';
import { addRemoveCommand } from '../removeCommand.ts';

export const addRemoveGroup = (groups: Command): void =>
  addRemoveCommand(
    groups,
    'group',
    {
      summary: 'take all users out of a group and remove it',
      effect: 'Takes all users out of a group and removes it; they lose its rights within 30 seconds.',
    },
    (client, name) => client.groupRemove({ name }),
  );
