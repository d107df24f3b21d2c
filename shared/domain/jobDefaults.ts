/** What a submission leaves open is what its template says. */
import type { Template } from '../contract/hooks.ts';
import type { JobSubmission, SubmittedJob } from '../model/job.ts';

/** Of templates that say nothing: the middle of the range that people use. */
const PRIORITY = 50;

export function withJobDefaults(
  template: Pick<Template, 'jobDefaults'> | undefined,
  job: SubmittedJob,
): JobSubmission {
  const { priority = PRIORITY, includedPools = [], excludedPools = [] } = template?.jobDefaults ?? {};
  return {
    ...job,
    priority: job.priority ?? priority,
    includedPools: job.includedPools ?? includedPools,
    excludedPools: job.excludedPools ?? excludedPools,
  };
}
