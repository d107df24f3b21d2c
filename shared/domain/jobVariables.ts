/** What a process is told of its job, as Muster tells it: variables of its environment. */
import { checkTypes, dependModes, type JobSpec, jobStatuses, packetTypes } from '../model/job.ts';

/** The variables by name. What changes while a chunk runs, such as the progress, is not among them. */
export const jobVariables = (job: JobSpec): Readonly<Record<string, string>> => ({
  MUSTER_JOB_ID: String(job.id),
  // Its name in Muster 9, and in 8.
  MUSTER_JOB_NAME: job.name,
  MUSTER_NAME: job.name,
  MUSTER_JOB_TYPE: job.type,
  // A process of it runs.
  MUSTER_STATUS: String(jobStatuses['in-progress'].legacy),
  MUSTER_SUBMITTER: job.owner,
  MUSTER_SUBMISSION_TIME: String(Math.floor(Date.parse(job.submittedAt) / 1_000)),
  MUSTER_ENGINE: String(job.templateId),
  MUSTER_PRIORITY: String(job.priority),
  MUSTER_PARENT_ID: String(job.parentId),
  MUSTER_JOB_GROUP: withoutNull(job.project),
  MUSTER_JOB_DEPARTMENT: withoutNull(job.department),
  MUSTER_PACKET_TYPE: String(packetTypes[job.packetType].legacy),
  MUSTER_PACKET_SIZE: String(job.packetSize),
  MUSTER_MAX_INSTANCES: String(job.maximumInstances),
  MUSTER_POOL: job.includedPools.join(','),
  MUSTER_EXCLUDED_POOL: job.excludedPools.join(','),
  MUSTER_DEPEND_ID: job.dependIds.join(','),
  MUSTER_DEPEND_MODE: String(dependModes[job.dependMode].legacy),
  MUSTER_EXITCODES_ERROR_CHECK_TYPE: String(checkTypes[job.exitCodesErrorCheckType].legacy),
  MUSTER_LOGS_ERROR_CHECK_TYPE: String(checkTypes[job.logsErrorCheckType].legacy),
});

/** No operating system takes a null character there; the process would not start. */
const withoutNull = (text: string): string => text.replaceAll('\0', '');
