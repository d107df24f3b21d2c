/** Puts chunks that waited for a word into the queue. */
import type { JobState } from '../model/job.ts';
import type { Context } from '../runtime/context.ts';
import { mapAtMost } from './mapAtMost.ts';
import { settle } from './returnChunk.ts';

/** Writes at a time. */
const AT_ONCE = 10;

/**
 * Each guarded by absence, then their count at once; answers with how many are new. If a crash keeps the two apart, the
 * tick has the job recounted.
 */
export async function releaseChunks(
  context: Context,
  { id: jobId, generation, total }: JobState,
  indexes: readonly number[],
  message: string,
): Promise<number> {
  const written = await mapAtMost(AT_ONCE, indexes, (index) =>
    context.chunks.createQueued({ jobId, generation, index, total }, message),
  );
  const count = written.filter(Boolean).length;
  if (count > 0) await settle(context, await context.jobs.addQueued(jobId, generation, count));
  return count;
}
