/** The match class of a job that may have gone since the job ended. */
import { type MatchClass, matchClassOf } from '../domain/matchClass.ts';
import type { Context } from '../runtime/context.ts';

/** Makes sure that the match class of a job is kept; undefined if there is no such job. */
export async function ensureClassOf(context: Context, jobId: number): Promise<MatchClass | undefined> {
  const spec = await context.jobs.findSpec(jobId, { consistent: false });
  if (spec?.type !== 'job') return undefined;
  const matchClass = matchClassOf(spec);
  await context.matchClasses.ensure(matchClass);
  return matchClass;
}
