/**
 * Asks the hook that decides when a job may start. Its yes is kept as the status that the job then has, its no as the reason
 * why it waits, so no claim asks. A no is asked about again when the job changes, when a parent ends, and by the tick.
 */
import type { GateMessage } from '../contract/queueMessages.ts';
import { hookKey } from '../domain/hookKeys.ts';
import { jobTransitions } from '../domain/jobStatus.ts';
import { findTransition } from '../domain/transition.ts';
import type { JobSpec, JobState } from '../model/job.ts';
import type { Context } from '../runtime/context.ts';
import { findRefusal } from './askHook.ts';
import { findStanding } from './newJobState.ts';
import { viewJob } from './viewJob.ts';

/** Whoever has changed the job meanwhile has it asked about anew. */
export async function passGate(context: Context, message: GateMessage): Promise<void> {
  const waiting = await context.jobs.findToWriteState(message.jobId);
  if (waiting?.state.status !== 'waiting') return;
  const { spec, state } = waiting;
  const event = await findStanding(context, spec, false);
  if (event === 'wait') return;
  const refusal = await refusalOf(context, spec, state, hookKey(message));
  // A parent may have begun anew while the hook took its time.
  if (refusal === undefined && (await findStanding(context, spec, false)) === 'wait') return;
  const transition = findTransition(jobTransitions, state.status, event);
  const change =
    refusal !== undefined || transition === undefined
      ? { statusReason: refusal ?? state.statusReason }
      : { status: transition.to, statusReason: transition.reason };
  const next = { ...state, ...change };
  if (JSON.stringify(next) !== JSON.stringify(state)) await context.jobs.replaceState(next, state.version);
}

/** Why the job may not start; undefined if it may. A template without the hook holds nobody up. */
async function refusalOf(
  context: Context,
  spec: JobSpec,
  state: JobState,
  key: string,
): Promise<string | undefined> {
  const template = await context.templates.findKept(spec.templateId);
  if (template === undefined) return undefined;
  const hook = 'onValidateJobDependancies';
  const job = viewJob(spec, state);
  const call = { hook, key, job, chunk: null, user: null, depth: spec.hookDepth } as const;
  return (await findRefusal(context, template, call))?.text;
}
