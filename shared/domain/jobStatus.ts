/** The status machine of a job. What each status means stands with `jobStatuses` in the model. */
import type { JobState, JobStatus } from '../model/job.ts';
import type { Transition } from './transition.ts';

/**
 * What happens to a job.
 * - `wait`, `delay`, `queue`: where an edit, met dependencies or the tick put a job that has not begun.
 * - `restart-…`: the same after a reinit.
 * - `claim`: a node takes a chunk.
 * - `back-off`: its program got no licence.
 * - `all-completed`, `all-warned`, `some-failed`: a recount found every chunk ended, and how.
 * - `reopen`: a chunk is taken out of its end by hand.
 */
export type JobEvent =
  | 'wait'
  | 'delay'
  | 'queue'
  | 'restart-wait'
  | 'restart-delay'
  | 'restart-queue'
  | 'claim'
  | 'back-off'
  | 'all-completed'
  | 'all-warned'
  | 'some-failed'
  | 'reopen'
  | 'delete';

const begun: readonly JobStatus[] = ['in-progress', 'completed', 'completed-with-warnings', 'failed'];
const notBegun: readonly JobStatus[] = ['waiting', 'delayed', 'queued'];
const ended: readonly JobStatus[] = ['completed', 'completed-with-warnings', 'failed'];

const rows = (
  froms: readonly JobStatus[],
  event: JobEvent,
  to: JobStatus,
  reason: string,
): Transition<JobStatus, JobEvent>[] => froms.map((from) => ({ from, event, to, reason }));

export const jobTransitions: readonly Transition<JobStatus, JobEvent>[] = [
  ...rows(notBegun, 'wait', 'waiting', 'waits for the jobs that it depends on'),
  ...rows(notBegun, 'delay', 'delayed', 'waits for its start time'),
  ...rows(notBegun, 'queue', 'queued', 'may start'),
  ...rows(
    [...notBegun, ...begun],
    'restart-wait',
    'waiting',
    'reinitialised; waits for the jobs that it depends on',
  ),
  ...rows([...notBegun, ...begun], 'restart-delay', 'delayed', 'reinitialised; waits for its start time'),
  ...rows([...notBegun, ...begun], 'restart-queue', 'queued', 'reinitialised; may start'),
  ...rows(['queued', 'in-progress'], 'claim', 'in-progress', 'rendering has begun'),
  ...rows(['queued', 'in-progress'], 'back-off', 'delayed', 'got no licence; tries again in a few minutes'),
  ...rows(['queued', 'in-progress', ...ended], 'all-completed', 'completed', 'every chunk completed'),
  ...rows(
    ['queued', 'in-progress', ...ended],
    'all-warned',
    'completed-with-warnings',
    'every chunk completed, some with warnings',
  ),
  ...rows(['queued', 'in-progress', ...ended], 'some-failed', 'failed', 'every chunk ended, some failed'),
  ...rows(['in-progress', ...ended], 'reopen', 'in-progress', 'chunks were put back into the queue by hand'),
  ...rows([...notBegun, ...begun, 'folder'], 'delete', 'deleting', 'is being deleted'),
];

/** Statuses in which chunks are handed out. */
export const startableStatuses = ['queued', 'in-progress'] as const satisfies readonly JobStatus[];

/** Whether chunks may be handed out. */
export const isStartable = (state: Pick<JobState, 'status' | 'paused'>): boolean =>
  (startableStatuses as readonly JobStatus[]).includes(state.status) && !state.paused;

/** Whether a node could be given a chunk of the job: what the ready index holds. Invariant 4 rests on it. */
export function isClaimable(state: JobState): boolean {
  return (
    isStartable(state) &&
    (state.next < state.total || state.counts.queued > 0) &&
    (state.maximumInstances === 0 || state.slots < state.maximumInstances)
  );
}

/**
 * Whether the job may be over, so that a recount of its items should decide: nobody works on it, and everything
 * was handed out, or the counts say that all of it ended by hand. Invariant 3 rests on it.
 */
export const mayHaveEnded = (state: JobState): boolean =>
  (startableStatuses as readonly JobStatus[]).includes(state.status) &&
  state.slots <= 0 &&
  (state.next >= state.total ||
    state.counts.completed + state.counts.warning + state.counts.failed >= state.total);

/** Whether a job has begun: chunks of this generation were handed out or touched. */
export const hasBegun = (state: JobState): boolean =>
  begun.includes(state.status) ||
  (state.next > 0 && !state.followsChunks) ||
  Object.values(state.counts).some((count) => count > 0);

/** Where a job that has not begun stands. */
export function initialEvent(
  dependenciesMet: boolean,
  startOn: string | null,
  now: string,
): 'wait' | 'delay' | 'queue' {
  if (!dependenciesMet) return 'wait';
  return startOn !== null && startOn > now ? 'delay' : 'queue';
}
