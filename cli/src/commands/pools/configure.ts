import type { Command } from 'commander';
import { usageError } from '../../failure.ts';
import { printable } from '../../output/printable.ts';
import { openSession } from '../../session.ts';
import { addPoolOptions, type PoolOptions, poolFields } from './poolOptions.ts';

export function addConfigurePool(pools: Command): void {
  const configure = pools
    .command('configure')
    .argument('<pool>', 'name of the pool')
    .summary('change a pool')
    .description(
      'Changes a pool; what is not given stays. A list replaces the one that was. A node that is put into a pool or taken ' +
        'out stays so until its agent is started with other pools.',
    );
  addPoolOptions(configure).action(async (name: string, options: PoolOptions, command: Command) => {
    const fields = poolFields(options);
    if (Object.keys(fields).length === 0) {
      throw usageError('say what to change: --description, --nodes or --wake-address');
    }
    const { client, screen } = openSession(command);
    await client.poolConfigure({ pool: { name, ...fields } });
    screen.answer({
      json: () => ({ name }),
      text: () => [`Changed pool ${printable(name)}.`],
      quiet: () => [name],
    });
  });
}
