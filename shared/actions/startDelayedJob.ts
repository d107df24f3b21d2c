/** Starts a job whose time has come. */
import { jobTransitions } from '../domain/jobStatus.ts';
import { getTransition } from '../domain/transition.ts';
import { timeAfter } from '../model/clock.ts';
import type { JobState } from '../model/job.ts';
import type { Context } from '../runtime/context.ts';

/** True if the job was started; somebody else's change at the same time leaves it to the next tick. */
export async function startDelayedJob(context: Context, state: JobState): Promise<boolean> {
  if (state.status !== 'delayed' || (state.startOn ?? '') > timeAfter(context.clock)) return false;
  const { to, reason } = getTransition(jobTransitions, 'job', state.id, state.status, 'queue');
  return (await context.jobs.replaceState({ ...state, status: to, statusReason: reason }, state.version))
    .applied;
}
