import type { Command } from 'commander';
import type { Repository } from '../../../../client/src/generated.ts';
import { table } from '../../output/table.ts';
import { collect } from '../../pages.ts';
import { openSession } from '../../session.ts';

/** Farms have fewer; it only keeps a broken answer from never ending. */
const MOST = 10_000;

export function addListRepositories(repositories: Command): void {
  repositories
    .command('list', { isDefault: true })
    .summary('show them; the same as repositories alone')
    .description(
      'Shows the repositories: places that machines of different platforms reach by different paths.',
    )
    .action(async (_: object, command: Command) => {
      const { client, screen } = openSession(command);
      const { entries, isComplete } = await collect<Repository>(MOST, async (page) => {
        const answer = await client.repositoriesGetList({ ...page });
        return { entries: answer.repositories, nextPageToken: answer.nextPageToken };
      });
      screen.answer({
        json: () => ({ repositories: entries, isComplete }),
        text: () =>
          entries.length === 0
            ? ['No repositories.']
            : table<Repository>(
                entries,
                [
                  { title: 'NAME', shrinksTo: 16, cell: ({ name }) => name },
                  { title: 'LINUX', shrinksTo: 16, cell: ({ paths }) => paths.linux ?? '' },
                  { title: 'MACOS', rank: 2, shrinksTo: 16, cell: ({ paths }) => paths.darwin ?? '' },
                  { title: 'WINDOWS', rank: 1, shrinksTo: 16, cell: ({ paths }) => paths.win32 ?? '' },
                  { title: 'DESCRIPTION', rank: 3, shrinksTo: 16, cell: ({ description }) => description },
                ],
                screen.width(),
                screen.paint,
              ),
        quiet: () => entries.map(({ name }) => name),
      });
    });
}
