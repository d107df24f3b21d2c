/** The end of a job → what comes after it, if the job has any of that. */
import { followUpsOf } from '../../shared/domain/followUps.ts';
import type { JobState } from '../../shared/model/job.ts';
import type { Context } from '../../shared/runtime/context.ts';

/** The state says whether there is anything, so that other jobs cost no read. */
export async function queueFollowUps(
  context: Context,
  was: JobState | undefined,
  is: JobState,
): Promise<void> {
  const followUps = followUpsOf(was, is);
  if (followUps === undefined) return;
  const { id: jobId, generation, version } = is;
  await context.recountQueue.send({ kind: 'follow-ups', jobId, generation, version, ...followUps });
}
