/** Which events a change of a job or of a node is, and what they carry. */
import type { FarmEvent, JobEventType } from '../contract/farmEvents.ts';
import type { JobHook } from '../contract/hooks.ts';
import type { JobSpec, JobState } from '../model/job.ts';
import type { NodeState } from '../model/node.ts';
import { hooksOf, transitionKey } from './jobHooks.ts';
import type { Silence } from './nodeStatus.ts';

/** Of the hooks that are told of jobs, those whose moment is an event too. */
const eventTypes: { readonly [H in JobHook]?: JobEventType } = {
  onJobStart: 'Job Started',
  onJobEnd: 'Job Ended',
  onJobCompleted: 'Job Completed',
};

/** The events of one change of a job's state. */
export function jobEventsOf(was: JobState, is: JobState): readonly JobEventType[] {
  const types = hooksOf(was, is).flatMap((hook) => eventTypes[hook] ?? []);
  return types.includes('Job Ended') && is.status === 'failed' ? [...types, 'Job Failed'] : types;
}

/** An event of a job; what was submitted is as it is now. */
export function jobEvent(
  type: JobEventType,
  was: Pick<JobState, 'status'>,
  is: JobState,
  spec: Pick<JobSpec, 'name' | 'owner' | 'project' | 'templateId' | 'submittedAt'>,
): FarmEvent {
  const { id: jobId, generation, version, status, startedAt, endedAt, total, counts } = is;
  const { name, owner, project, templateId, submittedAt } = spec;
  return {
    type,
    detail: {
      key: transitionKey(is, type),
      jobId,
      generation,
      version,
      name,
      owner,
      project,
      templateId,
      status,
      previousStatus: was.status,
      submittedAt,
      startedAt,
      endedAt,
      total,
      counts,
    },
  };
}

/** The loss of a node by a silence. */
export function nodeLost(was: NodeState, is: NodeState, { since }: Silence, name: string): FarmEvent {
  const { id: nodeId, status } = is;
  return {
    type: 'Node Lost',
    detail: {
      key: `node-${nodeId}:${since}:Node Lost`,
      nodeId,
      name,
      status,
      previousStatus: was.status,
      lastSeenAt: was.lastSeenAt,
      silentSince: since,
      jobId: was.assignment?.jobId ?? null,
      chunkId: was.assignment === null ? null : was.assignment.index + 1,
    },
  };
}
