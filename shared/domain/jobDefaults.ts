/** What a submission leaves open is what its template says. */
import type { Template } from '../contract/hooks.ts';
import { DEFAULT_PRIORITY, type JobSubmission, type SubmittedJob } from '../model/job.ts';

export function withJobDefaults(
  template: Pick<Template, 'jobDefaults'> | undefined,
  job: SubmittedJob,
): JobSubmission {
  const { priority = DEFAULT_PRIORITY, includedPools = [], excludedPools = [] } = template?.jobDefaults ?? {};
  return {
    ...job,
    priority: job.priority ?? priority,
    includedPools: job.includedPools ?? includedPools,
    excludedPools: job.excludedPools ?? excludedPools,
  };
}
