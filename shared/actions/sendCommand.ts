/**
 * Sends commands that a node carries out once. The item first, then the number in the node's state that announces
 * it, then the mailbox: whatever is lost after the item, the node finds it by its next heartbeat or by the same
 * request sent again.
 */

import type { Packet } from '../domain/waking.ts';
import { DispatcherError, notFound } from '../errors.ts';
import type { Command } from '../model/command.ts';
import type { Context } from '../runtime/context.ts';
import type { WaitingCommand } from '../store/commandStore.ts';
import { mapAtMost } from './mapAtMost.ts';
import type { Once } from './once.ts';

/** Nodes that are told, and packets that are on their way, at the same time. */
const AT_ONCE = 25;
/** Nodes in one message of the dispatch queue. */
const NODES_PER_MESSAGE = 100;

export type Delivery = 'sent' | 'waits';

/**
 * Sends a command to one node. `refusedOffline` is the operation of a command that makes no sense to a node which
 * comes back later; any other waits for it.
 */
export async function sendCommand(
  context: Context,
  nodeId: number,
  command: Command,
  once: Once,
  { refusedOffline }: { readonly refusedOffline?: string } = {},
): Promise<{ readonly commandId: string; readonly delivery: Delivery }> {
  const state = await context.nodes.findState(nodeId, { consistent: true });
  if (state === undefined) throw notFound('node', nodeId);
  // Refused before anything is reserved, so that the same request may be tried again when the node is back.
  const { value: commandId } = await once.reserve(async () => {
    if (state.status === 'offline' && refusedOffline !== undefined) {
      throw new DispatcherError('transition-refused', {
        what: 'node',
        id: nodeId,
        from: state.status,
        event: refusedOffline,
        rule: 'it is offline',
      });
    }
    return newCommandId(context);
  });
  await deliver(context, nodeId, { commandId, command });
  return { commandId, delivery: state.status === 'offline' ? 'waits' : 'sent' };
}

/** Sends one command to every node that is online; the dispatch queue does the work. */
export async function broadcastCommand(
  context: Context,
  command: Command,
  once: Once,
): Promise<{ readonly commandId: string; readonly nodeCount: number }> {
  const { value: commandId } = await once.reserve(async () => newCommandId(context));
  const nodeIds: number[] = [];
  for await (const id of context.nodes.online()) nodeIds.push(id);
  const messages = Array.from({ length: Math.ceil(nodeIds.length / NODES_PER_MESSAGE) }, (_, page) => ({
    kind: 'command' as const,
    nodeIds: nodeIds.slice(page * NODES_PER_MESSAGE, (page + 1) * NODES_PER_MESSAGE),
    commandId,
    command,
  }));
  await context.dispatchQueue.sendAll(messages);
  return { commandId, nodeCount: nodeIds.length };
}

/** Delivers one command to many nodes. */
export async function deliverToMany(
  context: Context,
  nodeIds: readonly number[],
  command: WaitingCommand,
): Promise<void> {
  await mapAtMost(AT_ONCE, nodeIds, (nodeId) => deliver(context, nodeId, command));
}

/** A machine keeps the id of its command, so no node gets it twice however often the request is repeated. */
export const packetCommandId = (requestId: string, { mac }: Pick<Packet, 'mac'>): string =>
  `${requestId}-${mac.replaceAll(':', '')}`;

/** Tells nodes to send magic packets. */
export async function deliverPackets(
  context: Context,
  requestId: string,
  packets: readonly Packet[],
): Promise<void> {
  await mapAtMost(AT_ONCE, packets, ({ byNodeId, ...packet }) => {
    const { mac, broadcastAddress } = packet;
    const command = { kind: 'wake', mac, broadcastAddress } as const;
    return deliver(context, byNodeId, { commandId: packetCommandId(requestId, packet), command });
  });
}

/**
 * Puts a command where its node finds it and wakes the node. May be repeated: one that the node has answered is
 * not given again. A node that is gone is passed over, and its command goes with the hour.
 */
export async function deliver(context: Context, nodeId: number, command: WaitingCommand): Promise<void> {
  if ((await context.commands.findAnswer(nodeId, command.commandId)) !== undefined) return;
  await context.commands.put(nodeId, command);
  const announced = await context.nodes.announceCommand(nodeId);
  if (announced.applied && announced.state.status !== 'offline') {
    await context.mailbox.send(nodeId, { kind: 'converge', commandNo: announced.state.commandNo });
  }
}

/** Sorts by time. */
export const newCommandId = (context: Context): string =>
  `${String(context.clock.now()).padStart(14, '0')}-${context.newToken()}`;
