/** Starts a job again: one guarded write begins a new generation; what is left of the old one is void. */
import { jobTransitions } from '../domain/jobStatus.ts';
import { getTransition } from '../domain/transition.ts';
import { DispatcherError, notFound } from '../errors.ts';
import { timeAfter } from '../model/clock.ts';
import type { Context } from '../runtime/context.ts';
import { isGatedByChunk } from './askChunks.ts';
import { applySpec } from './editJob.ts';
import { findStanding, isGated, untouchedState } from './newJobState.ts';
import type { Once } from './once.ts';

/** See deleteJob.ts: a busy job leaves little time between read and write. */
const TRIES = 20;
const restart = { wait: 'restart-wait', delay: 'restart-delay', queue: 'restart-queue' } as const;

/** Begins the next generation. A repeated request finds its generation begun and does nothing. */
export async function reinitJob(
  context: Context,
  jobId: number,
  once: Once,
  assertMayEdit: (owner: string) => Promise<void>,
): Promise<void> {
  const first = await context.jobs.get(jobId);
  await assertMayEdit(first.spec.owner);
  getTransition(jobTransitions, 'job', jobId, first.state.status, 'restart-queue');
  const { value: from } = await once.reserve(async () => first.state.generation);
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    const job = await context.jobs.findToWriteState(jobId);
    if (job === undefined || job.state.status === 'deleting') throw notFound('job', jobId);
    const { spec, state } = job;
    if (state.generation > from) return;
    // Otherwise the feed would not tell this generation from the one that an edit of frames begins.
    if (state.specVersion !== spec.specVersion) {
      await applySpec(context, jobId);
      continue;
    }
    const now = timeAfter(context.clock);
    const event = restart[await findStanding(context, spec, await isGated(context, spec))];
    const { to, reason } = getTransition(jobTransitions, 'job', jobId, state.status, event);
    const next = {
      ...untouchedState(spec, await isGatedByChunk(context, spec)),
      status: to,
      statusReason: reason,
      paused: state.paused,
      generation: state.generation + 1,
      generationSince: now,
      version: state.version,
      sweptGeneration: state.sweptGeneration,
    };
    if ((await context.jobs.replaceState(next, state.version)).applied) return;
  }
  throw new DispatcherError('conflict', { what: 'job', id: jobId });
}
