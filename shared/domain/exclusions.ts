/** Jobs and templates that a node is kept from after failures. Visible with the node, purgeable by hand. */
import type { Configuration } from '../model/configuration.ts';
import type { NodeItem } from '../model/node.ts';

export type ExclusionFields = Pick<
  NodeItem,
  'excludedJobs' | 'excludedTemplates' | 'jobFailures' | 'templateFailures'
>;

/** Jobs whose failures are remembered: the newest, so that a node item stays small. */
const REMEMBERED_JOBS = 20;

/** A node's memory after one more failure of a job's chunk; the job's failures count in a row. */
export function afterFailure(
  node: ExclusionFields,
  failure: { readonly jobId: number; readonly templateId: number; readonly at: string },
  limits: Pick<Configuration, 'failuresExcludeJob' | 'jobsExcludeTemplate'>,
): ExclusionFields {
  const { jobId, templateId, at } = failure;
  const count = (node.jobFailures.find((entry) => entry.jobId === jobId)?.count ?? 0) + 1;
  const failedJobs = [
    ...(node.templateFailures.find((entry) => entry.templateId === templateId)?.jobIds ?? []).filter(
      (id) => id !== jobId,
    ),
    jobId,
  ].slice(-REMEMBERED_JOBS);
  const excludesJob = limits.failuresExcludeJob > 0 && count >= limits.failuresExcludeJob;
  const excludesTemplate = limits.jobsExcludeTemplate > 0 && failedJobs.length >= limits.jobsExcludeTemplate;
  return {
    jobFailures: [...node.jobFailures.filter((entry) => entry.jobId !== jobId), { jobId, count }].slice(
      -REMEMBERED_JOBS,
    ),
    templateFailures: [
      ...node.templateFailures.filter((entry) => entry.templateId !== templateId),
      { templateId, jobIds: failedJobs },
    ],
    excludedJobs: excludesJob
      ? withExclusion(node.excludedJobs, jobId, at, `${count} failures in a row`)
      : node.excludedJobs,
    excludedTemplates: excludesTemplate
      ? withExclusion(
          node.excludedTemplates,
          templateId,
          at,
          `${failedJobs.length} jobs failed one after another`,
        )
      : node.excludedTemplates,
  };
}

/** Whether a node remembers failures that a success of this job ends. */
export const remembersFailures = (node: ExclusionFields, jobId: number, templateId: number): boolean =>
  node.jobFailures.some((entry) => entry.jobId === jobId) ||
  node.templateFailures.some((entry) => entry.templateId === templateId);

/** A node's memory after a success: the streaks of the job and of its template are over, exclusions stay. */
export const afterSuccess = (node: ExclusionFields, jobId: number, templateId: number): ExclusionFields => ({
  ...node,
  jobFailures: node.jobFailures.filter((entry) => entry.jobId !== jobId),
  templateFailures: node.templateFailures.filter((entry) => entry.templateId !== templateId),
});

/** A node's memory after a purge by hand. */
export const withoutJob = (node: ExclusionFields, jobId: number): ExclusionFields => ({
  ...node,
  excludedJobs: node.excludedJobs.filter((entry) => entry.id !== jobId),
  jobFailures: node.jobFailures.filter((entry) => entry.jobId !== jobId),
});

export const withoutTemplate = (node: ExclusionFields, templateId: number): ExclusionFields => ({
  ...node,
  excludedTemplates: node.excludedTemplates.filter((entry) => entry.id !== templateId),
  templateFailures: node.templateFailures.filter((entry) => entry.templateId !== templateId),
});

function withExclusion(
  present: NodeItem['excludedJobs'],
  id: number,
  since: string,
  reason: string,
): NodeItem['excludedJobs'] {
  return present.some((entry) => entry.id === id)
    ? present
    : [...present, { id, since, reason }].slice(-REMEMBERED_JOBS);
}
