import type { Command } from 'commander';
import { assertConfirmed, type Confirmable, yesOption } from '../../confirmation.ts';
import { printable } from '../../output/printable.ts';
import { openSession } from '../../session.ts';

export function addRemovePool(pools: Command): void {
  pools
    .command('remove')
    .argument('<pool>', 'name of the pool')
    .summary('take all nodes out of a pool and remove it')
    .description(
      'Takes all nodes out of a pool and removes it; jobs that ask for it wait. Asks first; without a terminal nothing is ' +
        'removed unless --yes is given.',
    )
    .addOption(yesOption())
    .action(async (name: string, options: Confirmable, command: Command) => {
      await assertConfirmed(options, 'removed', () => `Remove pool ${printable(name)}?`);
      const { client, screen } = openSession(command);
      await client.poolRemove({ name });
      screen.answer({
        json: () => ({ name }),
        text: () => [`Removed pool ${printable(name)}.`],
        quiet: () => [name],
      });
    });
}
