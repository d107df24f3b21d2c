/** Deletes a job or an empty folder: invisible at once, its items are swept by the tick. */
import { jobTransitions } from '../domain/jobStatus.ts';
import { getTransition } from '../domain/transition.ts';
import { DispatcherError } from '../errors.ts';
import { timeAfter } from '../model/clock.ts';
import type { JobSpec, JobState } from '../model/job.ts';
import type { Context } from '../runtime/context.ts';
import type { Once } from './once.ts';

/**
 * A busy job changes with every chunk that ends, so its deletion is tried more often than other commands; each
 * try asks for nothing but that nobody writes between one read and one write.
 */
const TRIES = 20;
/** Beyond so many entries nobody would call a folder empty. */
const CHILDREN_AT_ONCE = 200;

/**
 * Marks the job as going and voids its generation, so that no late report counts. A repeated request whose job
 * is gone has done its work.
 */
export async function deleteJob(
  context: Context,
  jobId: number,
  once: Once,
  assertMayEdit: (owner: string) => Promise<void>,
): Promise<void> {
  const { isRepeat } = await once.reserve(async () => {
    await assertMayEdit((await context.jobs.get(jobId)).spec.owner);
    return null;
  });
  if (isRepeat && (await isGone(context, jobId))) return;
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    const { spec, state } = await context.jobs.get(jobId);
    await assertMayEdit(spec.owner);
    const next = await deletedState(context, spec, state);
    if ((await context.jobs.replaceState(next, state.version)).applied) return;
  }
  throw new DispatcherError('conflict', { what: 'job', id: jobId });
}

/** The state of a job that goes, its generation void; throws `transition-refused` for a folder that is not empty. */
export async function deletedState(context: Context, spec: JobSpec, state: JobState): Promise<JobState> {
  const next = goingState(context, state);
  if (spec.type === 'folder' && !(await isEmpty(context, spec.id))) {
    throw new DispatcherError('transition-refused', {
      what: 'folder',
      id: spec.id,
      from: state.status,
      event: 'delete',
      rule: 'it is not empty; delete or move what is inside first',
    });
  }
  return next;
}

/** The state of a job or folder that goes, whatever is inside. */
export function goingState(context: Context, state: JobState): JobState {
  const { to, reason } = getTransition(jobTransitions, 'job', state.id, state.status, 'delete');
  return {
    ...state,
    status: to,
    statusReason: reason,
    generation: state.generation + 1,
    generationSince: timeAfter(context.clock),
  };
}

async function isGone(context: Context, jobId: number): Promise<boolean> {
  const state = await context.jobs.findState(jobId, { consistent: true });
  return state === undefined || state.status === 'deleting';
}

/** Whether nothing is inside a folder but what is being deleted itself. */
async function isEmpty(context: Context, folderId: number): Promise<boolean> {
  const children = await context.jobs.children(folderId, CHILDREN_AT_ONCE);
  const states = await context.jobs.states(children, { consistent: true });
  return (
    children.length < CHILDREN_AT_ONCE && [...states.values()].every(({ status }) => status === 'deleting')
  );
}
