/** Deletes a job or an empty folder: invisible at once, its items are swept by the tick. */
import { jobTransitions } from '../domain/jobStatus.ts';
import { getTransition } from '../domain/transition.ts';
import { DispatcherError } from '../errors.ts';
import type { Context } from '../runtime/context.ts';

/**
 * A busy job changes with every chunk that ends, so its deletion is tried more often than other commands; each
 * try asks for nothing but that nobody writes between one read and one write.
 */
const TRIES = 20;

/** Marks the job as going and voids its generation, so that no late report counts. */
export async function deleteJob(
  context: Context,
  jobId: number,
  assertMayEdit: (owner: string) => void,
): Promise<void> {
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    const { spec, state } = await context.jobs.get(jobId);
    assertMayEdit(spec.owner);
    const { to, reason } = getTransition(jobTransitions, 'job', jobId, state.status, 'delete');
    if (spec.type === 'folder' && (await context.jobs.children(jobId, 1)).length > 0) {
      throw new DispatcherError('transition-refused', {
        what: 'folder',
        id: jobId,
        from: state.status,
        event: 'delete',
        rule: 'it is not empty; delete or move what is inside first',
      });
    }
    const next = { ...state, status: to, statusReason: reason, generation: state.generation + 1 };
    if ((await context.jobs.replaceState(next, state.version)).applied) return;
  }
  throw new DispatcherError('conflict', { what: 'job', id: jobId });
}
