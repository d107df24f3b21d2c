/** Repairs jobs whose instances differ from the nodes that work on them. */
import { repairJob } from '../../shared/actions/repairJob.ts';
import { startableStatuses } from '../../shared/domain/jobStatus.ts';
import type { Context } from '../../shared/runtime/context.ts';
import type { Farm } from './farm.ts';

export async function repairJobs(context: Context, { nodes, jobs }: Farm): Promise<number> {
  const held = new Map<string, Set<string>>();
  for (const { assignment } of nodes) {
    if (assignment === null) continue;
    const key = `${assignment.jobId}#${assignment.generation}`;
    held.set(key, (held.get(key) ?? new Set()).add(assignment.token));
  }
  let count = 0;
  for (const state of jobs) {
    if (!(startableStatuses as readonly string[]).includes(state.status)) continue;
    const tokens = held.get(`${state.id}#${state.generation}`) ?? new Set<string>();
    if (await repairJob(context, state, tokens)) count += 1;
  }
  return count;
}
