/** What follows from a change of a node or its state: work is looked for, the node is woken. */
import type { NodeState } from '../../shared/model/node.ts';
import type { Context } from '../../shared/runtime/context.ts';
import { keys, kindOf } from '../../shared/store/keys.ts';
import { nodeStateOf } from '../../shared/store/nodeStore.ts';
import type { FeedRecord, Item } from '../../shared/store/table.ts';

export async function followNodes(context: Context, { table, before, after }: FeedRecord): Promise<void> {
  if (table !== 'farm' || after === undefined) return;
  if (kindOf(after) === 'NODES' && before !== undefined && fitsOtherwise(before, after)) {
    await match(context, keys.idIn(after.sk));
  }
  if (kindOf(after) === 'NODESTATES') {
    await followState(context, before === undefined ? undefined : nodeStateOf(before), nodeStateOf(after));
  }
}

async function followState(context: Context, was: NodeState | undefined, is: NodeState): Promise<void> {
  if (is.status === 'idle' && was?.status !== 'idle') await match(context, is.id);
  // Sent by who wrote it too: the queue drops the second by its identity, and a lost first one is made good.
  const { assignment } = is;
  if (assignment !== null && assignment.acceptBy !== null && was?.assignment?.token !== assignment.token) {
    await context.mailbox.send(is.id, { kind: 'assign', token: assignment.token });
  }
  if (was !== undefined && is.commandNo > was.commandNo && is.status !== 'offline') {
    await context.mailbox.send(is.id, { kind: 'converge', commandNo: is.commandNo });
  }
}

const match = (context: Context, nodeId: number): Promise<void> =>
  context.dispatchQueue.send({ kind: 'match', trigger: { nodeId }, pass: 1 });

/** Settings that decide which jobs a node fits have changed. */
const fitsOtherwise = (before: Item, after: Item): boolean =>
  [
    'pools',
    'excludedJobs',
    'excludedTemplates',
    'cores',
    'threads',
    'memoryMb',
    'speedMhz',
    'platform',
    'software',
  ].some((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]));
