/** A chunk left its end by hand: its job must not stay ended. */
import { type JobState, jobStatuses } from '../model/job.ts';
import type { Context } from '../runtime/context.ts';
import { settle } from './returnChunk.ts';

/**
 * Whoever sets a chunk reopens the job before it; between the two a recount may have ended the job again, because the
 * chunk had not moved yet. Asked for by the feed, when the chunk has. Repeating it changes nothing.
 */
export async function reopenForChunk(
  context: Context,
  chunk: { readonly jobId: number; readonly generation: number },
  from: 'completed' | 'warning' | 'failed',
): Promise<void> {
  for (;;) {
    const state = await context.jobs.findState(chunk.jobId, { consistent: true });
    if (state === undefined || state.generation !== chunk.generation || !jobStatuses[state.status].ended)
      return;
    const counts: JobState['counts'] = {
      ...state.counts,
      queued: state.counts.queued + 1,
      [from]: state.counts[from] - 1,
    };
    const reopened = await context.jobs.reopen(state, counts, 'chunks were put back into the queue by hand');
    if (reopened.applied) return settle(context, reopened);
  }
}
