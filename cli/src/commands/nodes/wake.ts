import type { Command } from 'commander';
import type { Operations } from '../../../../client/src/generated.ts';
import { exitCodes } from '../../exitCodes.ts';
import { CliError, usageError } from '../../failure.ts';
import { getNode, type NodeBook, openNodeBook } from '../../nodes.ts';
import { printable } from '../../output/printable.ts';
import { openSession, type Session } from '../../session.ts';
import { nodesText } from './forEachNode.ts';
import { noWaitOption, refusal, type Waiting, waitForAnswer } from './onceCommand.ts';

type Woken = Operations['nodeWake']['output'];

export function addWake(nodes: Command): void {
  nodes
    .command('wake')
    .usage('[options] <node> | --pool <name>')
    .argument('[node]', 'id or name of a node that is offline')
    .summary('wake the machine of a node, or those of a pool')
    .description(
      'Wakes the machine of a node that is offline: a live node of the same subnet sends a magic packet to it. Whether it ' +
        'wakes is seen when the node is back: `rollcall nodes watch`. With --pool all machines of a pool are woken, also ' +
        'those that it knows by their wake addresses alone; which packets cannot be sent is told besides.',
    )
    .option('--pool <name>', 'every node of this pool that is offline, and its wake addresses')
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
  const [sent] = (await client.nodeWake({ id })).sent;
  if (sent === undefined) throw new Error(`the dispatcher sends nothing to node ${id}, and does not say why`);
  const { commandId, byNodeId } = sent;
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
  const { sent, unreached } = await client.nodeWake({ pool });
  const book = await openNodeBook(client, sent.length + unreached.length > 0);
  screen.answer({
    json: () => ({ pool, sent, unreached }),
    text: () => sentText(sent, book),
    quiet: () => sent.map(({ commandId }) => commandId),
  });
  for (const { rule, nodeIds, macs } of unreached) {
    screen.error(
      new CliError(exitCodes.conflict, `cannot wake ${machines(nodeIds, macs, book)}: ${printable(rule)}`),
    );
  }
  if (unreached.length > 0) process.exitCode = exitCodes.conflict;
  if (sent.length + unreached.length === 0) {
    screen.note(`Nothing of pool ${printable(pool)} is to be woken: all that it names is online.`);
  }
}

/** One line a sender. */
function sentText(sent: Woken['sent'], book: NodeBook): string[] {
  return [...Map.groupBy(sent, ({ byNodeId }) => byNodeId)].map(([byNodeId, packets]) => {
    const nodeIds = packets.flatMap((packet) => packet.nodeIds);
    const macs = packets.filter((packet) => packet.nodeIds.length === 0).map(({ mac }) => mac);
    return `Node ${printable(book.nameOf(byNodeId))} is told to wake ${machines(nodeIds, macs, book)}.`;
  });
}

/** `nodes alpha, beta and 02:00:00:00:00:09`. */
const machines = (nodeIds: readonly number[], macs: readonly string[], book: NodeBook): string =>
  [
    ...(nodeIds.length > 0 ? [nodesText(nodeIds.map(book.nameOf))] : []),
    ...(macs.length > 0 ? [macs.join(', ')] : []),
  ].join(' and ');
