import type { Command } from 'commander';
import { assertConfirmed, type Confirmable, yesOption } from '../../confirmation.ts';
import { printable } from '../../output/printable.ts';
import { openSession } from '../../session.ts';

export function addRemoveUser(users: Command): void {
  users
    .command('remove')
    .argument('<user>', 'name of the user')
    .summary('remove a user')
    .description(
      'Removes a user, whose tokens are refused within 30 seconds; their jobs stay. Asks first; without a terminal nothing is removed unless --yes is given.',
    )
    .addOption(yesOption())
    .action(async (name: string, options: Confirmable, command: Command) => {
      await assertConfirmed(options, 'removed', () => `Remove user ${printable(name)}?`);
      const { client, screen } = openSession(command);
      await client.userRemove({ name });
      screen.answer({
        json: () => ({ name }),
        text: () => [`Removed user ${printable(name)}.`],
        quiet: () => [name],
      });
    });
}
