/** The recount on demand: `jobUpdateStatus`. */
import { DispatcherError } from '../errors.ts';
import type { Context } from '../runtime/context.ts';
import { recountJob } from './recountJob.ts';

/** Beyond this many chunks the count outlasts a request, so it goes through the queue. */
const AT_ONCE = 20_000;

export async function updateJobStatus(
  context: Context,
  jobId: number,
  assertMayEdit: (owner: string) => Promise<void>,
): Promise<'done' | 'started'> {
  const { spec, state } = await context.jobs.get(jobId);
  await assertMayEdit(spec.owner);
  if (spec.type === 'folder') {
    throw new DispatcherError('transition-refused', {
      what: 'job',
      id: jobId,
      from: state.status,
      event: 'recount',
      rule: 'a folder has no chunks',
    });
  }
  if (state.total > AT_ONCE) {
    await context.recountQueue.send({ jobId, generation: state.generation });
    return 'started';
  }
  await recountJob(context, jobId, state.generation);
  return 'done';
}
