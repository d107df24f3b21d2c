/** Wakes the machine of a node: another one on its wire sends the magic packet. */
import { type WakePath, wakePath } from '../domain/subnet.ts';
import { wakeRules } from '../domain/waking.ts';
import { DispatcherError, notFound } from '../errors.ts';
import type { NodeItem } from '../model/node.ts';
import type { Context } from '../runtime/context.ts';
import type { Once } from './once.ts';
import { deliver, newCommandId } from './sendCommand.ts';

/** Nodes that are looked at together. */
const AT_ONCE = 100;

/** A magic packet that some node is told to send. */
export interface SentPacket {
  readonly mac: string;
  /** Nodes of the machine. */
  readonly nodeIds: number[];
  readonly byNodeId: number;
  readonly commandId: string;
}

/** Chooses the helper once: a repeated request asks the same one. */
export async function wakeNode(context: Context, nodeId: number, once: Once): Promise<SentPacket> {
  const [node, state] = await Promise.all([
    context.nodes.find(nodeId, { consistent: true }),
    context.nodes.findState(nodeId, { consistent: true }),
  ]);
  if (node === undefined || state === undefined) throw notFound('node', nodeId);
  const refuse = (rule: string): never => {
    throw new DispatcherError('transition-refused', {
      what: 'node',
      id: nodeId,
      from: state.status,
      event: 'nodeWake',
      rule,
    });
  };
  // What the first of two requests has chosen stands, even if the node is awake by now.
  const { value: chosen } = await once.reserve(async () => {
    if (state.status !== 'offline') return refuse('it is online');
    if (node.interfaces.length === 0) return refuse(wakeRules.hasNoAddress);
    const helper = (await findHelper(context, node)) ?? refuse(wakeRules.hasNoNeighbour);
    return { commandId: newCommandId(context), ...helper };
  });
  const { commandId, byNodeId, mac, broadcastAddress } = chosen;
  await deliver(context, byNodeId, { commandId, command: { kind: 'wake', mac, broadcastAddress } });
  return { mac, nodeIds: [nodeId], byNodeId, commandId };
}

/** A node that is online and reaches the other one. */
async function findHelper(
  context: Context,
  sleeper: NodeItem,
): Promise<(WakePath & { readonly byNodeId: number }) | undefined> {
  const ids: number[] = [];
  for await (const id of context.nodes.online()) ids.push(id);
  for (let start = 0; start < ids.length; start += AT_ONCE) {
    for (const [byNodeId, node] of await context.nodes.findMany(ids.slice(start, start + AT_ONCE))) {
      const path = wakePath(sleeper.interfaces, node.interfaces);
      if (path !== undefined) return { byNodeId, ...path };
    }
  }
  return undefined;
}
