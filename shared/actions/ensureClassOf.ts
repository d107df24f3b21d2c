/** The match class of a job that may have gone since the job ended. */
import { matchClassOf } from '../domain/matchClass.ts';
import type { Context } from '../runtime/context.ts';

/** Makes sure that the match class of a job is kept; answers whether it had to be written. */
export async function ensureClassOf(context: Context, jobId: number): Promise<boolean> {
  const spec = await context.jobs.findSpec(jobId, { consistent: false });
  return spec?.type === 'job' && (await context.matchClasses.ensure(matchClassOf(spec)));
}
