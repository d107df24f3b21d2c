import type { Command } from 'commander';
import { addRemoveCommand } from '../removeCommand.ts';

export const addRemoveUser = (users: Command): void =>
  addRemoveCommand(
    users,
    'user',
    {
      summary: 'remove a user',
      effect: 'Removes a user, whose tokens are refused within 30 seconds; their jobs stay.',
    },
    (client, name) => client.userRemove({ name }),
  );
