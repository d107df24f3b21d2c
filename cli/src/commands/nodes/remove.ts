import type { Command } from 'commander';
import { assertConfirmed, type Confirmable, yesOption } from '../../confirmation.ts';
import { forEachNode, NODES, nodesText } from './forEachNode.ts';

export function addRemoveNodes(nodes: Command): void {
  nodes
    .command('remove')
    .argument(...NODES)
    .summary('forget nodes that are offline; their names are free again')
    .description(
      'Forgets nodes that are offline; their names are free again, their notes and what they are kept from are lost. ' +
        'Asks first; without a terminal nothing is removed unless --yes is given.',
    )
    .addOption(yesOption())
    .action(async (names: string[], options: Confirmable, command: Command) => {
      await assertConfirmed(options, 'removed', () => `Remove ${nodesText(names)}?`);
      await forEachNode(command, names, 'Removed', (client, id) => client.nodeRemoveRegistration({ id }));
    });
}
