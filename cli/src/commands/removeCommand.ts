import type { Command } from 'commander';
import type { Client } from '../../../client/src/client.ts';
import { assertConfirmed, type Confirmable, yesOption } from '../confirmation.ts';
import { printable } from '../output/printable.ts';
import { openSession } from '../session.ts';

/** Adds `remove`, which asks first, to the commands on things that have names. */
export function addRemoveCommand(
  parent: Command,
  thing: string,
  { summary, effect }: { readonly summary: string; readonly effect: string },
  remove: (client: Client, name: string) => Promise<unknown>,
): void {
  parent
    .command('remove')
    .argument(`<${thing}>`, `name of the ${thing}`)
    .summary(summary)
    .description(`${effect} Asks first; without a terminal nothing is removed unless --yes is given.`)
    .addOption(yesOption())
    .action(async (name: string, options: Confirmable, command: Command) => {
      await assertConfirmed(options, 'removed', () => `Remove ${thing} ${printable(name)}?`);
      const { client, screen } = openSession(command);
      await remove(client, name);
      screen.answer({
        json: () => ({ name }),
        text: () => [`Removed ${thing} ${printable(name)}.`],
        quiet: () => [name],
      });
    });
}
