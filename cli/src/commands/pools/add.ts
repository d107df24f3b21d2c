import type { Command } from 'commander';
import { printable } from '../../output/printable.ts';
import { openSession } from '../../session.ts';
import { addPoolOptions, type PoolOptions, poolFields } from './poolOptions.ts';

export function addAddPool(pools: Command): void {
  const add = pools
    .command('add')
    .argument('<pool>', 'name of the pool')
    .summary('add a pool')
    .description(
      'Adds a pool. One that so far only nodes name keeps them, unless --nodes says which are in it.',
    );
  addPoolOptions(add).action(async (name: string, options: PoolOptions, command: Command) => {
    const { client, screen } = openSession(command);
    await client.poolAdd({ pool: { name, ...poolFields(options) } });
    screen.answer({
      json: () => ({ name }),
      text: () => [`Added pool ${printable(name)}.`],
      quiet: () => [name],
    });
  });
}
