import type { Command } from 'commander';
import { assertConfirmed, type Confirmable, yesOption } from '../../confirmation.ts';
import { printable } from '../../output/printable.ts';
import { openSession } from '../../session.ts';

export function addRemoveRepository(repositories: Command): void {
  repositories
    .command('remove')
    .argument('<repository>', 'name of the repository')
    .summary('remove a repository')
    .description(
      'Removes a repository: its paths stay as they are from then on. Asks first; without a terminal nothing is removed unless --yes is given.',
    )
    .addOption(yesOption())
    .action(async (name: string, options: Confirmable, command: Command) => {
      await assertConfirmed(options, 'removed', () => `Remove repository ${printable(name)}?`);
      const { client, screen } = openSession(command);
      await client.repositoriesRemove({ name });
      screen.answer({
        json: () => ({ name }),
        text: () => [`Removed repository ${printable(name)}.`],
        quiet: () => [name],
      });
    });
}
