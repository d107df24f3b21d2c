import type { Command } from 'commander';
import { printable } from '../../output/printable.ts';
import { openSession } from '../../session.ts';
import { addRepositoryOptions, givenPaths, type RepositoryOptions } from './repositoryOptions.ts';

const nowhere = { linux: null, darwin: null, win32: null };

export function addAddRepository(repositories: Command): void {
  const add = repositories
    .command('add')
    .argument('<repository>', 'name of the repository')
    .summary('add a repository')
    .description(
      'Adds a repository. Attributes of jobs that are marked for substitution have its paths turned into those of the node ' +
        'that gets a chunk.',
    );
  addRepositoryOptions(add).action(async (name: string, options: RepositoryOptions, command: Command) => {
    const { client, screen } = openSession(command);
    const { description } = options;
    await client.repositoriesAdd({
      repository: {
        name,
        paths: { ...nowhere, ...givenPaths(options) },
        ...(description === undefined ? {} : { description }),
      },
    });
    screen.answer({
      json: () => ({ name }),
      text: () => [`Added repository ${printable(name)}.`],
      quiet: () => [name],
    });
  });
}
