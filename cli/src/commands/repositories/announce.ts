import type { Command } from 'commander';
import { openSession } from '../../session.ts';

export function addAnnounceRepositories(repositories: Command): void {
  repositories
    .command('announce')
    .summary('let all Consoles load the repositories again')
    .description(
      'Lets all Consoles that are connected load the repositories again. Changes that are made here are told by themselves.',
    )
    .action(async (_: object, command: Command) => {
      const { client, screen } = openSession(command);
      await client.repositoriesNotifyChanges({});
      screen.answer({ json: () => ({}), text: () => ['Told all Consoles.'], quiet: () => [] });
    });
}
