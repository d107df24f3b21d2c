import type { Command } from 'commander';
import { usageError } from '../../failure.ts';
import { printable } from '../../output/printable.ts';
import { openSession } from '../../session.ts';
import { addRepositoryOptions, givenPaths, type RepositoryOptions } from './repositoryOptions.ts';

export function addConfigureRepository(repositories: Command): void {
  const configure = repositories
    .command('configure')
    .argument('<repository>', 'name of the repository')
    .summary('change a repository')
    .description('Changes a repository; what is not given stays.');
  addRepositoryOptions(configure).action(
    async (name: string, options: RepositoryOptions, command: Command) => {
      const { description } = options;
      const given = givenPaths(options);
      if (description === undefined && given === undefined)
        throw usageError('say what to change: --description, --linux, --macos or --windows');
      const { client, screen } = openSession(command);
      const present =
        given === undefined ? undefined : (await client.repositoriesGet({ name })).repository.paths;
      await client.repositoriesConfigure({
        repository: {
          name,
          ...(description === undefined ? {} : { description }),
          ...(present === undefined ? {} : { paths: { ...present, ...given } }),
        },
      });
      screen.answer({
        json: () => ({ name }),
        text: () => [`Changed repository ${printable(name)}.`],
        quiet: () => [name],
      });
    },
  );
}
