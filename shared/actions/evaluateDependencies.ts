/**
 * Decides anew whether a job that waits may start, by strong reads. Asked whenever a parent ended and whenever a
 * waiting job was inserted or edited, so that no order of the two is missed.
 */
import { jobTransitions } from '../domain/jobStatus.ts';
import { findTransition } from '../domain/transition.ts';
import type { JobState } from '../model/job.ts';
import type { Context } from '../runtime/context.ts';
import { followParents } from './followParents.ts';
import { findStanding, isGated } from './newJobState.ts';

/** Moves a waiting job on if its parents allow it. Repeating it changes nothing. */
export async function evaluateDependencies(context: Context, jobId: number): Promise<void> {
  for (;;) {
    const job = await context.jobs.findToWriteState(jobId);
    // Half a submit: its own insertion will be evaluated.
    if (job === undefined) return;
    const { spec, state } = job;
    // A job that waits as a whole does so before its chunks do.
    if (state.status !== 'waiting') {
      return state.followsChunks ? followParents(context, spec, state) : undefined;
    }
    const event = await findStanding(context, spec, false);
    if (event !== 'wait' && (await isGated(context, spec))) {
      // A hook takes its time; whoever follows the feed must not wait for it.
      return askGate(context, state, `${state.generation}:${state.version}`);
    }
    const transition = findTransition(jobTransitions, state.status, event);
    if (transition === undefined || transition.to === 'waiting') return;
    const next = { ...state, status: transition.to, statusReason: transition.reason };
    if ((await context.jobs.replaceState(next, state.version)).applied) return;
  }
}

/** Has the hook asked whether a job may start; once for an occasion. */
export const askGate = (context: Context, { id }: Pick<JobState, 'id'>, occasion: string): Promise<void> =>
  context.hookQueue.send({ hook: 'onValidateJobDependancies', jobId: id, occasion });
