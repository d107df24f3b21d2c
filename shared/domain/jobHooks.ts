/** Which hooks hear of a job's change of status. */
import type { JobHook } from '../contract/hooks.ts';
import { type JobStatus, jobStatuses } from '../model/job.ts';

export function hooksOf(from: JobStatus, to: JobStatus): readonly JobHook[] {
  // A job that is reopened goes on; it has started before.
  if (to === 'in-progress' && from !== 'in-progress' && !jobStatuses[from].ended) return ['onJobStart'];
  if (!jobStatuses[to].ended || jobStatuses[from].ended) return [];
  return to === 'failed' ? ['onJobEnd'] : ['onJobEnd', 'onJobCompleted'];
}
