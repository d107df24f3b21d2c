/** Stops nodes that work on jobs, or generations of jobs, that are gone: those that no recall has reached. */
import { killNode } from '../../shared/actions/commandNode.ts';
import type { Assignment } from '../../shared/model/node.ts';
import type { Context } from '../../shared/runtime/context.ts';
import type { Farm } from './farm.ts';

export async function recallStrays(context: Context, { nodes, jobs }: Farm): Promise<number> {
  const open = new Map(jobs.map((state) => [state.id, state]));
  const suspects = nodes.filter(({ assignment }) => {
    if (assignment === null) return false;
    const state = open.get(assignment.jobId);
    return state === undefined || state.generation > assignment.generation;
  });
  let count = 0;
  for (const { id, assignment } of suspects) {
    if (assignment !== null && (await isStray(context, assignment))) {
      if (await killNode(context, id, 'go-on', ({ token }) => token === assignment.token)) count += 1;
    }
  }
  return count;
}

/** The list of open jobs may lag, so the job itself is asked. */
async function isStray(context: Context, { jobId, generation }: Assignment): Promise<boolean> {
  const state = await context.jobs.findState(jobId, { consistent: true });
  return state === undefined || state.generation > generation;
}
