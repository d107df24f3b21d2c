import type { Command } from 'commander';
import { assertConfirmed, type Confirmable, yesOption } from '../../confirmation.ts';
import { printable } from '../../output/printable.ts';
import { openSession } from '../../session.ts';

export function addRemoveGroup(groups: Command): void {
  groups
    .command('remove')
    .argument('<group>', 'name of the group')
    .summary('take all users out of a group and remove it')
    .description(
      'Takes all users out of a group and removes it; they lose its rights within 30 seconds. Asks first; without a terminal nothing is removed unless --yes is given.',
    )
    .addOption(yesOption())
    .action(async (name: string, options: Confirmable, command: Command) => {
      await assertConfirmed(options, 'removed', () => `Remove group ${printable(name)}?`);
      const { client, screen } = openSession(command);
      await client.groupRemove({ name });
      screen.answer({
        json: () => ({ name }),
        text: () => [`Removed group ${printable(name)}.`],
        quiet: () => [name],
      });
    });
}
