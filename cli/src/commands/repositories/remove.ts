import type { Command } from 'commander';
import { addRemoveCommand } from '../removeCommand.ts';

export const addRemoveRepository = (repositories: Command): void =>
  addRemoveCommand(
    repositories,
    'repository',
    {
      summary: 'remove a repository',
      effect: 'Removes a repository: its paths stay as they are from then on.',
    },
    (client, name) => client.repositoriesRemove({ name }),
  );
