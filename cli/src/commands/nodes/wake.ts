import type { Command } from 'commander';
import { answerOutcome, eachOf } from '../../eachOf.ts';
import { usageError } from '../../failure.ts';
import { getNode, listNodes } from '../../nodes.ts';
import { printable } from '../../output/printable.ts';
import { openSession, type Session } from '../../session.ts';
import { nodesText } from './forEachNode.ts';
import { noWaitOption, refusal, type Waiting, waitForAnswer } from './onceCommand.ts';

export function addWake(nodes: Command): void {
  nodes
    .command('wake')
    .usage('[options] <node> | --pool <name>')
    .argument('[node]', 'id or name of a node that is offline')
    .summary('wake the machine of a node, or those of a pool')
    .description(
      'Wakes the machine of a node that is offline: a live node of the same subnet sends a magic packet to it. Whether it ' +
        'wakes is seen when the node is back: `rollcall nodes watch`.',
    )
    .option('--pool <name>', 'every node of this pool that is offline')
    .addOption(noWaitOption())
    .action(
      async (nodeOrId: string | undefined, { wait, pool }: Waiting & { pool?: string }, command: Command) => {
        if ((nodeOrId === undefined) === (pool === undefined)) {
          throw usageError(
            'name a node or a pool: rollcall nodes wake NODE, rollcall nodes wake --pool NAME',
          );
        }
        const session = openSession(command);
        if (nodeOrId !== undefined) await wakeNode(session, nodeOrId, wait);
        else if (pool !== undefined) await wakePool(session, pool);
      },
    );
}

async function wakeNode({ client, screen }: Session, nodeOrId: string, wait: boolean): Promise<void> {
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
}

/** Waits for no answers: a pool may be large, and who is awake is seen in the list. */
async function wakePool({ client, screen }: Session, pool: string): Promise<void> {
  const { entries } = await listNodes(client, { status: 'offline', pool });
  const ids = new Map(entries.map(({ id, name }) => [name, id]));
  const outcome = await eachOf([...ids.keys()], (name) => client.nodeWake({ id: ids.get(name) ?? 0 }));
  answerOutcome(screen, outcome, (done) => `Magic packets go to ${nodesText(done)}.`);
  if (ids.size === 0) screen.note(`No node of pool ${printable(pool)} is offline.`);
}
