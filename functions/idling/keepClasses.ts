/** Keeps the match classes of jobs that have not ended; those that no job asks for any more go by themselves. */
import { ensureClassOf } from '../../shared/actions/ensureClassOf.ts';
import { jobStatuses } from '../../shared/model/job.ts';
import type { Context } from '../../shared/runtime/context.ts';
import type { Farm } from './farm.ts';
import { isFirstOfHour } from './isFirstOfHour.ts';

/** Once an hour: a class stays for a week after it was last looked after. */
export async function keepClasses(context: Context, { jobs }: Farm): Promise<number> {
  if (!isFirstOfHour(context.clock)) return 0;
  // One job stands for all that ask the same.
  const asking = new Map(
    jobs
      .filter(({ status }) => !jobStatuses[status].ended)
      .map(({ matchClass, id }) => [matchClass, id] as const),
  );
  if (asking.size === 0) return 0;
  const classes = new Map((await context.matchClasses.list()).map((known) => [known.id, known]));
  let count = 0;
  for (const [id, jobId] of asking) {
    const known = classes.get(id);
    const isWritten = await (known === undefined
      ? ensureClassOf(context, jobId)
      : context.matchClasses.ensure(known));
    if (isWritten) count += 1;
  }
  return count;
}
