import type { Command } from 'commander';
import { NODES } from './forEachNode.ts';
import { noWaitOption, sendToEach, type Waiting } from './onceCommand.ts';

export function addForceUpdate(nodes: Command): void {
  nodes
    .command('update')
    .argument(...NODES)
    .summary('let nodes measure themselves afresh')
    .description('Lets nodes measure load, memory, disk and software afresh and tell them.')
    .addOption(noWaitOption())
    .action((names: string[], options: Waiting, command: Command) =>
      sendToEach(command, names, options, (client, id) => client.nodeForceUpdate({ id })),
    );
}
