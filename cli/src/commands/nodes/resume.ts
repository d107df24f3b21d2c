import type { Command } from 'commander';
import { forEachNode, NODES } from './forEachNode.ts';

export function addResumeNodes(nodes: Command): void {
  nodes
    .command('resume')
    .argument(...NODES)
    .summary('let paused nodes take chunks again')
    .description('Lets paused nodes take chunks again.')
    .action((names: string[], _: object, command: Command) =>
      forEachNode(command, names, 'Resumed', (client, id) => client.nodeResume({ id })),
    );
}
