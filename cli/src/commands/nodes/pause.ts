import type { Command } from 'commander';
import { forEachNode, NODES } from './forEachNode.ts';

export function addPauseNodes(nodes: Command): void {
  nodes
    .command('pause')
    .argument(...NODES)
    .summary('let nodes take no further chunks')
    .description(
      'Lets nodes take no further chunks. They finish the chunk that they have, unless --kill is given.',
    )
    .option('--kill', 'stop the chunk that runs; it goes back into the queue')
    .action((names: string[], { kill = false }: { kill?: boolean }, command: Command) =>
      forEachNode(command, names, 'Paused', (client, id) => client.nodePause({ id, kill })),
    );
}
