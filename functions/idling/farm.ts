/** What the duties of one tick look at, read once. At rest that is two empty index pages. */
import type { JobState } from '../../shared/model/job.ts';
import type { NodeState } from '../../shared/model/node.ts';
import type { Context } from '../../shared/runtime/context.ts';

export interface Farm {
  /** States of nodes that are not offline. */
  readonly nodes: readonly NodeState[];
  /** States of jobs that have not ended, or of which something is left to sweep. */
  readonly jobs: readonly JobState[];
}

export async function readFarm(context: Context): Promise<Farm> {
  const nodeIds: number[] = [];
  for await (const id of context.nodes.online()) nodeIds.push(id);
  const jobIds: number[] = [];
  for await (const id of context.jobs.open()) jobIds.push(id);
  const [nodes, jobs] = await Promise.all([
    context.nodes.findStates(nodeIds, { consistent: false }),
    context.jobs.states(jobIds, { consistent: false }),
  ]);
  return { nodes: [...nodes.values()], jobs: [...jobs.values()] };
}
