import type { Command } from 'commander';
import type { Operations } from '../../../../client/src/generated.ts';
import { addListCommand } from '../listCommand.ts';

type Entry = Operations['templateGetList']['output']['templates'][number];

export const addListTemplates = (templates: Command): void =>
  addListCommand<Entry>(
    templates,
    'Shows the templates: those of the project, and those that were pushed, with the edition in force.',
    async (client, page) => {
      const { templates: entries, nextPageToken } = await client.templateGetList({ ...page });
      return { entries, nextPageToken };
    },
    [
      { title: 'ID', align: 'right', cell: ({ id }) => String(id) },
      { title: 'NAME', shrinksTo: 16, cell: ({ name }) => name },
      {
        title: 'EDITION',
        align: 'right',
        rank: 1,
        cell: ({ edition }) => (edition === null ? '' : String(edition)),
      },
      { title: 'DESCRIPTION', rank: 2, shrinksTo: 16, cell: ({ description }) => description },
    ],
  );
