/** Starts a scan of the nodes, and does its part that wakes sleeping ones. */
import { decideWaking } from '../domain/waking.ts';
import { timeAfter } from '../model/clock.ts';
import { MOST_UNREACHED_LISTED, type NodesScanItem } from '../model/nodesScan.ts';
import type { Context } from '../runtime/context.ts';
import { SHARDS } from '../store/keys.ts';
import type { Once } from './once.ts';
import { deliverPackets, newCommandId } from './sendCommand.ts';

/** Machines that are woken need so long to start. */
const ANSWER_SECONDS = 300;

/** One write; the projector asks for the rest. A scan that was started at the same moment stands for both. */
export async function scanNodes(context: Context, startedBy: string, once: Once): Promise<NodesScanItem> {
  const { value } = await once.reserve(async () => ({
    scanId: newCommandId(context),
    startedAt: timeAfter(context.clock),
    answerBy: timeAfter(context.clock, ANSWER_SECONDS),
  }));
  return context.nodesScans.begin({ ...value, startedBy, wokenNodeCount: null, unreached: [] });
}

/**
 * Wakes the machines of the nodes that are offline, as many as one request may. It can be repeated: each machine's
 * command has an id of its own, and one that was answered is not given again.
 */
export async function wakeForScan(context: Context, scanId: string): Promise<void> {
  if ((await context.nodesScans.find())?.scanId !== scanId) return;
  const registered = await context.nodes.all({ consistent: false });
  const offlineIds = await readOfflineIds(context);
  const { packets, unreached } = decideWaking({
    registered,
    members: new Set(registered.map(({ id }) => id)),
    offline: registered.filter(({ id }) => offlineIds.has(id)),
    online: registered.filter(({ id }) => !offlineIds.has(id)),
    wakeAddresses: [],
  });
  await deliverPackets(context, scanId, packets);
  await context.nodesScans.noteWaking(scanId, {
    wokenNodeCount: packets.reduce((count, { nodeIds }) => count + nodeIds.length, 0),
    unreached: unreached.map(({ rule, nodeIds }) => ({
      rule,
      nodeCount: nodeIds.length,
      nodeIds: nodeIds.slice(0, MOST_UNREACHED_LISTED),
    })),
  });
}

async function readOfflineIds(context: Context): Promise<Set<number>> {
  const shards = await Promise.all(
    Array.from({ length: SHARDS }, async (_, shard) => {
      const ids: number[] = [];
      for await (const { id, status } of context.nodes.statesOfShard(shard))
        if (status === 'offline') ids.push(id);
      return ids;
    }),
  );
  return new Set(shards.flat());
}
