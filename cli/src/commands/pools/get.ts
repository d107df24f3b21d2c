import type { Command } from 'commander';
import { type Pair, pairs } from '../../output/pairs.ts';
import { printable } from '../../output/printable.ts';
import { openSession } from '../../session.ts';

export function addGetPool(pools: Command): void {
  pools
    .command('get')
    .argument('<pool>', 'name of a pool')
    .summary('show one pool')
    .description('Shows one pool: the nodes that are in it, and the machines that are woken with it.')
    .action(async (name: string, _: object, command: Command) => {
      const { client, screen } = openSession(command);
      const { pool } = await client.poolGet({ name });
      screen.answer({
        json: () => ({ pool }),
        text: () => [
          screen.paint('bold', printable(pool.name)),
          '',
          ...pairs(
            [
              ['Description', pool.description],
              ['Nodes', pool.nodes.length === 0 ? 'none' : pool.nodes.join(', ')],
              ...pool.wakeAddresses.map(({ mac, subnet }): Pair => ['Wakes besides', `${mac} in ${subnet}`]),
            ],
            screen,
          ),
        ],
      });
    });
}
