/**
 * Recounts a job from its items: the only way a job ends (invariant 3). Counts on the job's state are hints;
 * here they become facts, committed only if the state's version is still the one that was read before.
 */
import { endOfJob, type Recount } from '../domain/jobRollup.ts';
import { jobTransitions, mayHaveEnded } from '../domain/jobStatus.ts';
import { findTransition } from '../domain/transition.ts';
import { DispatcherError } from '../errors.ts';
import { timeAfter } from '../model/clock.ts';
import { type JobState, jobStatuses } from '../model/job.ts';
import type { Context } from '../runtime/context.ts';

const TRIES = 3;

/**
 * Recounts until nothing moves meanwhile, three times at most; then `conflict`. Does nothing when the
 * generation is over. Queues holes, corrects counts, ends the job if every chunk has ended.
 */
export async function recountJob(context: Context, jobId: number, generation: number): Promise<void> {
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    const state = await context.jobs.findState(jobId, { consistent: true });
    if (state === undefined || state.generation !== generation) return;
    if (state.status === 'deleting' || state.status === 'folder') return;
    if (await commitRecount(context, state)) return;
  }
  throw new DispatcherError('conflict', { what: 'job', id: jobId });
}

/** One recount; false when the state moved meanwhile. */
async function commitRecount(context: Context, state: JobState): Promise<boolean> {
  const recount = await countItems(context, state);
  // While instances are out, an index without an item may be a claim under way.
  const holes = mayHaveEnded(state) ? recount.holes : [];
  for (const index of holes) {
    await context.chunks.createQueued(
      { jobId: state.id, generation: state.generation, index, total: state.total },
      'handed out, then lost before a node had it',
    );
  }
  // A slot without a running chunk belongs to a claim or a report under way, which will still count what it does:
  // correcting the counts before it has would count that twice. One that died is taken back by the tick.
  const isSettled = mayHaveEnded(state) || state.slots === recount.running;
  const counts = isSettled
    ? { ...recount.counts, queued: recount.counts.queued + holes.length }
    : state.counts;
  const slots = mayHaveEnded(state) ? recount.running : state.slots;
  // A slot that is out although every chunk has ended belongs to a claim under way, or to one that died: then the tick
  // takes it back first. Whoever gave it back after the end would leave the ended job with a wrong number.
  const event = state.slots <= 0 ? endOfJob(state, recount) : undefined;
  const transition = event === undefined ? undefined : findTransition(jobTransitions, state.status, event);
  const next: JobState = {
    ...state,
    counts,
    slots,
    ...(transition === undefined
      ? {}
      : {
          status: transition.to,
          statusReason: transition.reason,
          endedAt: state.endedAt ?? timeAfter(context.clock),
        }),
  };
  if (isSame(state, next)) return true;
  const written = await context.jobs.replaceState(next, state.version);
  if (written.applied && transition !== undefined && !jobStatuses[state.status].ended) {
    context.logger.log('job-ended', { jobId: state.id, status: transition.to });
  }
  return written.applied;
}

/** Strong reads of every item, shards in parallel. */
async function countItems(context: Context, state: JobState): Promise<Recount> {
  const counts = { queued: 0, completed: 0, warning: 0, failed: 0 };
  let running = 0;
  const seen = new Uint8Array(state.total);
  await context.chunks.readAll(state.id, state.generation, state.total, (chunk) => {
    seen[chunk.index] = 1;
    if (chunk.status === 'running') running += 1;
    else counts[chunk.status] += 1;
  });
  const holes: number[] = [];
  // Chunks that follow others are waiting, not lost, as long as they have no item.
  if (!state.followsChunks) {
    for (let index = 0; index < Math.min(state.next, state.total); index += 1) {
      if (seen[index] === 0) holes.push(index);
    }
  }
  return { counts, running, holes };
}

const isSame = (a: JobState, b: JobState): boolean =>
  a.status === b.status &&
  a.slots === b.slots &&
  a.counts.queued === b.counts.queued &&
  a.counts.completed === b.counts.completed &&
  a.counts.warning === b.counts.warning &&
  a.counts.failed === b.counts.failed;
