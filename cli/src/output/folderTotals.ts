/** What lies in folders, summed up. */
import type { Job } from '../../../client/src/generated.ts';

type Counted = Pick<Job, 'id' | 'parentId' | 'type' | 'chunkCount' | 'runningCount' | 'counts'>;

export interface FolderTotal {
  readonly jobCount: number;
  readonly chunkCount: number;
  readonly runningCount: number;
  readonly counts: Job['counts'];
}

/** Sums of the jobs in each folder and in the folders in it, by the folder's id. Folders without jobs have none. */
export function folderTotals(entries: readonly Counted[]): ReadonlyMap<number, FolderTotal> {
  const parents = new Map(entries.map(({ id, parentId }) => [id, parentId]));
  const totals = new Map<number, FolderTotal>();
  for (const job of entries.filter(({ type }) => type === 'job')) {
    for (let id = job.parentId; parents.has(id); id = parents.get(id) ?? -1) {
      totals.set(id, withJob(totals.get(id), job));
    }
  }
  return totals;
}

function withJob(total: FolderTotal | undefined, job: Counted): FolderTotal {
  if (total === undefined) {
    const { chunkCount, runningCount, counts } = job;
    return { jobCount: 1, chunkCount, runningCount, counts };
  }
  return {
    jobCount: total.jobCount + 1,
    chunkCount: total.chunkCount + job.chunkCount,
    runningCount: total.runningCount + job.runningCount,
    counts: {
      queued: total.counts.queued + job.counts.queued,
      completed: total.counts.completed + job.counts.completed,
      warning: total.counts.warning + job.counts.warning,
      failed: total.counts.failed + job.counts.failed,
    },
  };
}
