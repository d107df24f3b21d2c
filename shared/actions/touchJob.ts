/** Tells every Console of a job again. */
import { notFound } from '../errors.ts';
import type { Context } from '../runtime/context.ts';

export async function touchJob(
  context: Context,
  jobId: number,
  assertMayEdit: (owner: string) => Promise<void>,
): Promise<void> {
  const { spec } = await context.jobs.get(jobId);
  await assertMayEdit(spec.owner);
  if (!(await context.jobs.touch(jobId))) throw notFound('job', jobId);
}
