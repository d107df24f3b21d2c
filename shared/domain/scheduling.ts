/** Which job a node gets next, and why another one not. Pure: the same arguments, the same answer. */
import type { Configuration } from '../model/configuration.ts';
import type { JobSpec, JobState } from '../model/job.ts';
import type { NodeItem, NodeState } from '../model/node.ts';
import { isClaimable } from './jobStatus.ts';

/** A job at the head of a match class, as the ready index has it. */
export interface Candidate {
  readonly jobId: number;
  readonly matchClass: string;
  /** Sort key of the ready index; the smaller goes first, see {@link readyKey}. */
  readonly readyKey: string;
}

/**
 * Order of jobs as text: emergencies, then larger priorities, then the older submission, then the smaller id.
 */
export function readyKey(job: Pick<JobSpec, 'id' | 'emergencyQueue' | 'priority' | 'submittedAt'>): string {
  const priority = String(65_535 - job.priority).padStart(5, '0');
  return `${job.emergencyQueue ? 0 : 1}#${priority}#${job.submittedAt}#${String(job.id).padStart(12, '0')}`;
}

/** Candidates of several classes, best first. */
export const inOrder = (candidates: readonly Candidate[]): Candidate[] =>
  [...candidates].sort((a, b) => (a.readyKey < b.readyKey ? -1 : a.readyKey > b.readyKey ? 1 : 0));

/** Whether some candidate goes before a job that the node works on already. */
export const isBetterThan = (key: string, candidate: Candidate | undefined): boolean =>
  candidate !== undefined && candidate.readyKey < key;

/** The first rule that keeps a node from one job although it fits the job's class; undefined if none does. */
export function exclusionRule(node: Pick<NodeItem, 'excludedJobs'>, jobId: number): string | undefined {
  return node.excludedJobs.some((entry) => entry.id === jobId)
    ? 'is excluded from the job after failures; nodePurgeJobsExclusions lifts it'
    : undefined;
}

/** The first rule that keeps a node from any work; undefined if none does. */
export function nodeRule(state: NodeState): string | undefined {
  if (state.status === 'offline') return 'is offline';
  if (state.paused) return 'is paused; nodeResume lifts it';
  if (state.assignment !== null) {
    return `works on chunk ${state.assignment.index + 1} of job ${state.assignment.jobId}`;
  }
  return undefined;
}

/** Every rule that keeps a job from every node; empty if none does. `waitsFor` is what the job waits for, or its chunks. */
export function jobRules(
  state: JobState,
  configuration: Pick<Configuration, 'engineRunning'>,
  waitsFor: readonly string[],
): string[] {
  const rules: string[] = [];
  if (!configuration.engineRunning)
    rules.push('the selection engine is stopped; systemSwapEngineStatus starts it');
  if (state.paused) rules.push('the job is paused; jobEdit with paused = false resumes it');
  switch (state.status) {
    case 'folder':
      rules.push('it is a folder');
      break;
    case 'deleting':
      rules.push('the job is being deleted');
      break;
    case 'waiting':
      rules.push(...(waitsFor.length > 0 ? waitsFor : [state.statusReason]));
      break;
    case 'delayed':
      rules.push(`the job starts on ${state.startOn}`);
      break;
    case 'completed':
    case 'completed-with-warnings':
    case 'failed':
      rules.push(`the job has ended: ${state.statusReason}`);
      break;
    default:
      rules.push(...runningRules(state, waitsFor));
  }
  return rules;
}

function runningRules(state: JobState, waitsFor: readonly string[]): string[] {
  if (isClaimable(state) || state.paused) return [];
  if (state.next >= state.total && state.counts.queued <= 0) {
    if (waitsFor.length > 0) return [...waitsFor];
    return [
      state.followsChunks
        ? 'its other chunks wait for chunks of the jobs that it depends on'
        : 'every chunk is handed out; those that run must end',
    ];
  }
  return [`${state.slots} nodes work on it and it allows ${state.maximumInstances} at a time`];
}
