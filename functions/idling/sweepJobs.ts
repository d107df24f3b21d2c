/** Removes what is left of former generations and of deleted jobs. */
import { sweepJob } from '../../shared/actions/sweepJob.ts';
import type { Context } from '../../shared/runtime/context.ts';
import type { Farm } from './farm.ts';

export async function sweepJobs(context: Context, { jobs }: Farm): Promise<number> {
  let count = 0;
  for (const state of jobs) {
    const hasLeftovers = state.status === 'deleting' || state.sweptGeneration < state.generation - 1;
    if (hasLeftovers && (await sweepJob(context, state))) count += 1;
  }
  return count;
}
