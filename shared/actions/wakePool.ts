/** Wakes the machines of a pool: those of its nodes that are offline, and those that have never registered. */

import { decideWaking, type Unreached } from '../domain/waking.ts';
import { notFound } from '../errors.ts';
import type { Context } from '../runtime/context.ts';
import type { Once } from './once.ts';
import { deliverPackets, newCommandId, packetCommandId } from './sendCommand.ts';
import type { SentPacket } from './wakeNode.ts';

/**
 * A request that was cut off decides anew when it is repeated, but a machine keeps the id of its command, so no
 * node gets it twice.
 */
export async function wakePool(
  context: Context,
  name: string,
  once: Once,
): Promise<{ readonly sent: SentPacket[]; readonly unreached: Unreached[] }> {
  const [pool, registered] = await Promise.all([
    context.pools.find(name),
    context.nodes.all({ consistent: false }),
  ]);
  const nodes = registered.filter(({ pools }) => pools.includes(name));
  const { value: requestId } = await once.reserve(async () => {
    if (pool === undefined && nodes.length === 0) throw notFound('pool', name);
    return newCommandId(context);
  });
  const members = new Set(nodes.map(({ id }) => id));
  const states = await context.nodes.findStates([...members], { consistent: true });
  const onlineIds = new Set<number>();
  for await (const id of context.nodes.online()) onlineIds.add(id);
  const { packets, unreached } = decideWaking({
    registered,
    members,
    offline: nodes.filter(({ id }) => states.get(id)?.status === 'offline'),
    online: registered.filter(({ id }) => onlineIds.has(id)),
    wakeAddresses: pool?.wakeAddresses ?? [],
  });
  await deliverPackets(context, requestId, packets);
  const sent = packets.map(({ mac, nodeIds, byNodeId }) => ({
    mac,
    nodeIds,
    byNodeId,
    commandId: packetCommandId(requestId, { mac }),
  }));
  return { sent, unreached };
}
