import type { Command } from 'commander';
import { pairs } from '../../output/pairs.ts';
import { printable } from '../../output/printable.ts';
import { openSession } from '../../session.ts';

export function addGetRepository(repositories: Command): void {
  repositories
    .command('get')
    .argument('<repository>', 'name of a repository')
    .summary('show one repository')
    .description('Shows one repository: where it is on each platform.')
    .action(async (name: string, _: object, command: Command) => {
      const { client, screen } = openSession(command);
      const { repository } = await client.repositoriesGet({ name });
      const { linux, darwin, win32 } = repository.paths;
      screen.answer({
        json: () => ({ repository }),
        text: () => [
          screen.paint('bold', printable(repository.name)),
          '',
          ...pairs(
            [
              ['Description', repository.description],
              ['Linux', linux ?? 'not there'],
              ['macOS', darwin ?? 'not there'],
              ['Windows', win32 ?? 'not there'],
            ],
            screen,
          ),
        ],
      });
    });
}
