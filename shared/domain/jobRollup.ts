/** Job status out of its chunks' counts. */
import type { ChunkCounts, JobState } from '../model/job.ts';
import type { JobEvent } from './jobStatus.ts';

/** What a recount found among the items of a job's present generation. */
export interface Recount {
  readonly counts: ChunkCounts;
  readonly running: number;
  /** Indexes below `next` that have no item: handed out, then lost in a crash. */
  readonly holes: readonly number[];
}

/**
 * How a job ends by what a recount found; undefined while it must go on. A job that follows its parents chunk
 * by chunk counts missing items as waiting.
 */
export function endOfJob(
  state: Pick<JobState, 'next' | 'total'>,
  { counts, running, holes }: Recount,
): Extract<JobEvent, 'all-completed' | 'all-warned' | 'some-failed'> | undefined {
  const ended = counts.completed + counts.warning + counts.failed;
  const isOver = running === 0 && counts.queued === 0 && holes.length === 0 && ended >= state.total;
  if (!isOver) return undefined;
  if (counts.failed > 0) return 'some-failed';
  return counts.warning > 0 ? 'all-warned' : 'all-completed';
}

/** Share of the chunks that have ended, 0-1; an empty job is done. */
export const jobProgress = (total: number, counts: ChunkCounts): number =>
  total === 0 ? 1 : Math.min(1, Math.max(0, (counts.completed + counts.warning + counts.failed) / total));
