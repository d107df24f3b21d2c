/** What follows from a change of a job or its state. */
import { applySpec } from '../../shared/actions/editJob.ts';
import { ensureClassOf } from '../../shared/actions/ensureClassOf.ts';
import { evaluateDependencies } from '../../shared/actions/evaluateDependencies.ts';
import { isClaimable, mayHaveEnded } from '../../shared/domain/jobStatus.ts';
import { type JobState, jobStatuses } from '../../shared/model/job.ts';
import type { Context } from '../../shared/runtime/context.ts';
import { stateOf } from '../../shared/store/jobStore.ts';
import { keys, kindOf } from '../../shared/store/keys.ts';
import type { FeedRecord } from '../../shared/store/table.ts';
import { queueChunkGates } from './queueChunkGates.ts';
import { queueFollowUps } from './queueFollowUps.ts';
import { queueHooks } from './queueHooks.ts';

export async function followJobs(context: Context, { table, before, after }: FeedRecord): Promise<void> {
  if (table !== 'queue' || after === undefined) return;
  if (kindOf(after) === 'JOBS' && before !== undefined) {
    await applySpec(context, keys.idIn(after.sk));
    // A job that follows its parents chunk by chunk has the same state as before, whoever they are.
    const hasOtherParents = JSON.stringify(before['dependIds']) !== JSON.stringify(after['dependIds']);
    if (hasOtherParents) await evaluateDependencies(context, keys.idIn(after.sk));
  }
  if (kindOf(after) === 'STATES') {
    await followState(context, before === undefined ? undefined : stateOf(before), stateOf(after));
  }
}

async function followState(context: Context, was: JobState | undefined, is: JobState): Promise<void> {
  // Before anybody looks for it: one that ended long ago may stand in a line that is not looked at any more.
  if (was !== undefined && jobStatuses[was.status].ended && !jobStatuses[is.status].ended) {
    await ensureClassOf(context, is.id);
  }
  // The index is written after the hot write that asks for it; a crash between the two is mended here.
  if (isClaimable(is) !== is.isIndexed) await context.jobs.correctReady(is);
  if (isClaimable(is) && becameClaimable(was, is)) {
    await context.dispatchQueue.send({ kind: 'match', trigger: { jobId: is.id }, pass: 1 });
  }
  // A recount that finds nothing to correct writes nothing, so this comes to rest.
  if (mayHaveEnded(is) && was?.version !== is.version) {
    await context.recountQueue.send({ jobId: is.id, generation: is.generation });
  }
  if (was !== undefined && is.generation > was.generation) {
    await context.dispatchQueue.send({ kind: 'recall', jobId: is.id, generation: is.generation, pass: 1 });
  }
  await queueHooks(context, was, is);
  await queueFollowUps(context, was, is);
  await queueChunkGates(context, was, is);
  if (mustBeEvaluated(was, is)) await evaluateDependencies(context, is.id);
  // From one end to another too: a failed parent that is deleted, or whose chunk is set by hand, holds up nobody any more.
  if (holdsUpNobody(is) && was?.status !== is.status) {
    for (const { jobId } of await context.jobs.dependants(is.id)) await evaluateDependencies(context, jobId);
  }
}

const becameClaimable = (was: JobState | undefined, is: JobState): boolean =>
  was === undefined ||
  !isClaimable(was) ||
  was.matchClass !== is.matchClass ||
  was.maximumInstances !== is.maximumInstances;

/** A job that waits was inserted or edited: its parents may have ended before it was seen to wait. */
const mustBeEvaluated = (was: JobState | undefined, is: JobState): boolean =>
  (is.status === 'waiting' && was?.version !== is.version && !isToldWhy(was, is)) ||
  (is.followsChunks && (was === undefined || !was.followsChunks || was.generation !== is.generation));

/** A hook has said why the job has to wait: asking at once again would go on without end. */
const isToldWhy = (was: JobState | undefined, is: JobState): boolean =>
  was?.status === 'waiting' && was.generation === is.generation && was.statusReason !== is.statusReason;

const holdsUpNobody = (state: JobState): boolean =>
  jobStatuses[state.status].ended || state.status === 'deleting';
