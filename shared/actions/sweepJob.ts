/** Removes what nobody needs any more: chunks of former generations, and whole jobs that were deleted. */
import { timeAfter } from '../model/clock.ts';
import { ROOT_ID } from '../model/ids.ts';
import type { JobState } from '../model/job.ts';
import type { Context } from '../runtime/context.ts';
import { reparentJob } from './editJob.ts';

/** Items that one call removes at most; the next tick goes on. */
const AT_ONCE = 20_000;

/** Sweeps one job; true when nothing is left to do for it. */
export async function sweepJob(context: Context, state: JobState): Promise<boolean> {
  const isDeleting = state.status === 'deleting';
  // A deleted job's own generation was void from the start, so no chunk of it was ever made.
  for (let generation = state.sweptGeneration + 1; generation < state.generation; generation += 1) {
    if (!(await context.chunks.sweep(state.id, generation, AT_ONCE))) return false;
  }
  if (!isDeleting) {
    const swept = { ...state, sweptGeneration: state.generation - 1 };
    return (await context.jobs.replaceState(swept, state.version)).applied;
  }
  // Whatever was put into a folder while it was being deleted goes to the root.
  for (const childId of await context.jobs.children(state.id, AT_ONCE)) {
    await reparentJob(context, childId, ROOT_ID, () => {});
  }
  const spec = await context.jobs.findSpec(state.id, { consistent: true });
  if (spec === undefined) return true;
  await context.jobs.removeDependants(spec.dependIds, spec.id);
  await context.jobs.bury(spec, state.generation, timeAfter(context.clock));
  return true;
}
