/** What the duties of one tick look at, read once. At rest that is two empty index pages and one of statistics. */
import type { JobState } from '../../shared/model/job.ts';
import type { NodeState } from '../../shared/model/node.ts';
import type { Context } from '../../shared/runtime/context.ts';
import { SHARDS } from '../../shared/store/keys.ts';
import type { StatisticsView } from '../../shared/store/statisticsStore.ts';

export interface Farm {
  /** States of nodes that are not offline. */
  readonly nodes: readonly NodeState[];
  /** States of jobs that have not ended, or of which something is left to sweep. */
  readonly jobs: readonly JobState[];
  /** The last sample of the statistics, and clearings that go on. */
  readonly statistics: StatisticsView;
}

/**
 * Beyond so many nodes whole shards are read, offline nodes included: a page of states costs a fifth of what the same
 * states cost one by one.
 */
const MANY_NODES = 200;

export async function readFarm(context: Context): Promise<Farm> {
  const nodeIds: number[] = [];
  for await (const id of context.nodes.online()) nodeIds.push(id);
  const jobIds: number[] = [];
  for await (const id of context.jobs.open()) jobIds.push(id);
  const [nodes, jobs, statistics] = await Promise.all([
    nodeIds.length > MANY_NODES ? readShards(context) : readNodes(context, nodeIds),
    context.jobs.states(jobIds, { consistent: false }),
    context.statistics.look({ consistent: false }),
  ]);
  return { nodes, jobs: [...jobs.values()], statistics };
}

async function readNodes(context: Context, ids: readonly number[]): Promise<NodeState[]> {
  return [...(await context.nodes.findStates(ids, { consistent: false })).values()];
}

async function readShards(context: Context): Promise<NodeState[]> {
  const shards = await Promise.all(
    Array.from({ length: SHARDS }, async (_, shard) => {
      const states: NodeState[] = [];
      for await (const state of context.nodes.statesOfShard(shard)) states.push(state);
      return states.filter(({ status }) => status !== 'offline');
    }),
  );
  return shards.flat();
}
