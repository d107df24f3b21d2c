import type { Command } from 'commander';
import type { Repository } from '../../../../client/src/generated.ts';
import { addListCommand } from '../listCommand.ts';

export const addListRepositories = (repositories: Command): void =>
  addListCommand<Repository>(
    repositories,
    'Shows the repositories: places that machines of different platforms reach by different paths.',
    async (client, page) => {
      const { repositories: entries, nextPageToken } = await client.repositoriesGetList({ ...page });
      return { entries, nextPageToken };
    },
    [
      { title: 'NAME', shrinksTo: 16, cell: ({ name }) => name },
      { title: 'LINUX', shrinksTo: 16, cell: ({ paths }) => paths.linux ?? '' },
      { title: 'MACOS', rank: 2, shrinksTo: 16, cell: ({ paths }) => paths.darwin ?? '' },
      { title: 'WINDOWS', rank: 1, shrinksTo: 16, cell: ({ paths }) => paths.win32 ?? '' },
      { title: 'DESCRIPTION', rank: 3, shrinksTo: 16, cell: ({ description }) => description },
    ],
  );
