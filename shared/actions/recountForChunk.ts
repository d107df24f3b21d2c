/** A chunk was set into an end by hand: its job must come to count it once. */
import { startableStatuses } from '../domain/jobStatus.ts';
import type { JobStatus } from '../model/job.ts';
import type { Context } from '../runtime/context.ts';

/**
 * Whoever set it may have died before the chunk was counted, or have counted it although a recount had. A job that may be
 * handed out is recounted before it ends; one that waits or has ended is asked to be recounted now. Repeating it changes nothing.
 */
export async function recountForChunk(
  context: Context,
  { jobId, generation }: { readonly jobId: number; readonly generation: number },
): Promise<void> {
  const state = await context.jobs.findState(jobId, { consistent: true });
  if (state === undefined || (startableStatuses as readonly JobStatus[]).includes(state.status)) return;
  await context.recountQueue.send({ jobId, generation });
}
