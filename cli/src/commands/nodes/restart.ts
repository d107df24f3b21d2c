import type { Command } from 'commander';
import { NODES } from './forEachNode.ts';
import { noWaitOption, sendToEach, type Waiting } from './onceCommand.ts';

export function addSoftRestart(nodes: Command): void {
  nodes
    .command('restart')
    .argument(...NODES)
    .summary('let nodes read their configuration and register again')
    .description(
      'Lets nodes read their configuration and register again, each after the chunk that it runs. The machine goes on; ' +
        '`nodes event` restarts more.',
    )
    .addOption(noWaitOption())
    .action((names: string[], options: Waiting, command: Command) =>
      sendToEach(command, names, options, (client, id) => client.nodeSoftRestart({ id })),
    );
}
