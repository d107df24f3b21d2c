import type { Command } from 'commander';
import { getNode } from '../../nodes.ts';
import { printable } from '../../output/printable.ts';
import { openSession } from '../../session.ts';
import { noWaitOption, refusal, type Waiting, waitForAnswer } from './onceCommand.ts';

export function addWake(nodes: Command): void {
  nodes
    .command('wake')
    .argument('<node>', 'id or name of a node that is offline')
    .summary('wake the machine of a node')
    .description(
      'Wakes the machine of a node that is offline: a live node of the same subnet sends a magic packet to it. Whether it ' +
        'wakes is seen when the node is back: `rollcall nodes watch`.',
    )
    .addOption(noWaitOption())
    .action(async (nodeOrId: string, { wait }: Waiting, command: Command) => {
      const { client, screen } = openSession(command);
      const { id, name } = await getNode(client, nodeOrId);
      const { commandId, byNodeId } = await client.nodeWake({ id });
      const sender = (await client.nodeGet({ id: byNodeId })).node.name;
      const answer = wait ? await waitForAnswer(client, { id: byNodeId, commandId }) : null;
      if (answer?.ok === false) throw refusal({ name: sender, answer });
      screen.answer({
        json: () => ({ id, byNodeId, commandId, answer }),
        text: () => [
          answer === null
            ? `Node ${printable(sender)} is told to wake node ${printable(name)}.`
            : `Node ${printable(sender)} has sent a magic packet to node ${printable(name)}.`,
        ],
        quiet: () => [commandId],
      });
    });
}
