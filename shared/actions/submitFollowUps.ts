/** What comes after the end of a job: the job of its movie, and that of the action behind it. */

import type { FollowUpMessage } from '../contract/queueMessages.ts';
import { afterJob, movieJob } from '../domain/followUps.ts';
import { invalidInput, notFound } from '../errors.ts';
import type { JobSpec } from '../model/job.ts';
import type { Context } from '../runtime/context.ts';
import { onceUnder } from './once.ts';
import { submitJob } from './submitJob.ts';

/**
 * Submits them, each once for each end, however often the message comes. Does nothing for a job that was deleted or begun
 * anew meanwhile: that has an end of its own.
 */
export async function submitFollowUps(context: Context, message: FollowUpMessage): Promise<void> {
  const { jobId, generation, version, isCompleted } = message;
  const [spec, state] = await Promise.all([
    context.jobs.findSpec(jobId, { consistent: true }),
    context.jobs.findState(jobId, { consistent: true }),
  ]);
  if (spec === undefined || state?.generation !== generation || state.status === 'deleting') return;
  const wanted = {
    'after-job': afterJob(spec, state),
    movie: isCompleted ? await movieFor(context, spec) : undefined,
  };
  for (const [kind, job] of Object.entries(wanted)) {
    if (job === undefined) continue;
    const once = onceUnder(context, `${jobId}:${generation}:${version}:${kind}`);
    // That shows where it comes from, and holds nothing up: the job has ended.
    await submitJob(context, { ...job, dependIds: [jobId], dependMode: 'ended' }, spec.owner, once);
  }
}

async function movieFor(context: Context, spec: JobSpec) {
  if (spec.movie === null) return undefined;
  const template = await context.templates.findKept(spec.templateId);
  if (template === undefined) throw notFound('template', spec.templateId);
  const job = movieJob(template, spec);
  // Its template knew them when the job came; one that was pushed anew may not.
  if (job === undefined)
    throw invalidInput('outputFiles', `are not known to template ${template.name} any more`);
  return job;
}
