/** Starts jobs whose time has come. */
import { startDelayedJob } from '../../shared/actions/startDelayedJob.ts';
import type { Context } from '../../shared/runtime/context.ts';
import type { Farm } from './farm.ts';

export async function startDelayedJobs(context: Context, { jobs }: Farm): Promise<number> {
  let count = 0;
  for (const state of jobs) if (await startDelayedJob(context, state)) count += 1;
  return count;
}
