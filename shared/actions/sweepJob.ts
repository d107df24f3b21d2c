/** Removes what nobody needs any more: chunks of former generations, and whole jobs that were deleted. */
import { hasHooks } from '../domain/jobHooks.ts';
import { timeAfter } from '../model/clock.ts';
import { ROOT_ID } from '../model/ids.ts';
import type { JobState } from '../model/job.ts';
import { milliseconds } from '../model/time.ts';
import type { Context } from '../runtime/context.ts';
import { reparentJob } from './editJob.ts';

/** Items that one call removes at most; the next tick goes on. */
const AT_ONCE = 20_000;
const CHILDREN_AT_ONCE = 200;

/**
 * A function that was at work on a generation when it was over may still write items of it until its own time limit
 * ends it; what was swept before that would come back and stay.
 */
const LONGEST_WORK_MS = 55_000;

/** Sweeps one job; true when nothing is left to do for it. */
export async function sweepJob(context: Context, state: JobState): Promise<boolean> {
  if (context.clock.now() - milliseconds(state.generationSince) < LONGEST_WORK_MS) return false;
  const isDeleting = state.status === 'deleting';
  // A deleted job's own generation was void from the start, so no chunk of it was ever made.
  for (let generation = state.sweptGeneration + 1; generation < state.generation; generation += 1) {
    if (!(await context.chunks.sweep(state.id, generation, AT_ONCE))) return false;
  }
  if (!isDeleting) {
    const swept = { ...state, sweptGeneration: state.generation - 1 };
    return (await context.jobs.replaceState(swept, state.version)).applied;
  }
  const spec = await context.jobs.findSpec(state.id, { consistent: true });
  if (spec === undefined) {
    // An earlier call ended between the two.
    await context.jobs.removeBuriedState(state.id);
    return true;
  }
  if (spec.type === 'folder' && !(await freeChildren(context, spec.id))) return false;
  await context.jobs.removeDependants(spec.dependIds, spec.id);
  const template = spec.type === 'job' ? await context.templates.findKept(spec.templateId) : undefined;
  if (template !== undefined && hasHooks(template)) await context.jobs.keepRemains(spec);
  await context.jobs.bury(spec, state, timeAfter(context.clock));
  await context.jobs.removeBuriedState(spec.id);
  return true;
}

/** Whatever was put into a folder while it was being deleted goes to the root; true when nothing is left in it. */
async function freeChildren(context: Context, folderId: number): Promise<boolean> {
  const children = await context.jobs.children(folderId, CHILDREN_AT_ONCE);
  const states = await context.jobs.states(children, { consistent: true });
  for (const childId of children) {
    const status = states.get(childId)?.status;
    if (status === undefined) await moveHalf(context, childId);
    else if (status !== 'deleting') await reparentJob(context, childId, ROOT_ID, async () => {});
  }
  // The index may lag, and what is being deleted inside is swept on its own: the next tick looks again.
  return children.length === 0;
}

/** Half a submission, which was cut off before the job had a state, must not keep a folder for ever. */
async function moveHalf(context: Context, jobId: number): Promise<void> {
  const spec = await context.jobs.findSpec(jobId, { consistent: true });
  if (spec === undefined) return;
  const moved = { ...spec, parentId: ROOT_ID, specVersion: spec.specVersion + 1 };
  await context.jobs.replaceSpec(moved, spec.specVersion);
}
