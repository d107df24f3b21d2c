/** A chunk that completed may set chunks of other jobs free; one that was set by hand concerns its own job. */
import { followChunk } from '../../shared/actions/followParents.ts';
import { recountForChunk } from '../../shared/actions/recountForChunk.ts';
import { reopenForChunk } from '../../shared/actions/reopenForChunk.ts';
import { isChunkDone } from '../../shared/domain/dependencies.ts';
import { type ChunkItem, chunkStatuses } from '../../shared/model/chunk.ts';
import type { Context } from '../../shared/runtime/context.ts';
import { chunkOf } from '../../shared/store/chunkStore.ts';
import { kindOf } from '../../shared/store/keys.ts';
import type { FeedRecord } from '../../shared/store/table.ts';

export async function followChunks(context: Context, records: readonly FeedRecord[]): Promise<void> {
  const done = records.flatMap(({ before, after }) => {
    if (after === undefined || kindOf(after) !== 'CHUNKS') return [];
    const chunk = chunkOf(after);
    const wasDone = before !== undefined && isChunkDone(chunkOf(before).status);
    return isChunkDone(chunk.status) && !wasDone ? [chunk] : [];
  });
  for (const { before, after } of records) {
    if (after === undefined || kindOf(after) !== 'CHUNKS') continue;
    const [was, is] = [before && chunkOf(before), chunkOf(after)];
    await followCounts(context, was, is);
    // Whoever set it may have died before its node was stopped.
    if (
      was?.status === 'running' &&
      is.outcome === 'overridden' &&
      was.nodeId !== null &&
      was.token !== null
    ) {
      await context.dispatchQueue.send({ kind: 'stop', nodeId: was.nodeId, token: was.token });
    }
  }
  // The edges of a job are read once a batch, strongly: see dependencies in docs/architecture.md.
  for (const [jobId, chunks] of Map.groupBy(done, (chunk) => chunk.jobId)) {
    for (const dependant of await context.jobs.dependants(jobId)) {
      if (!dependant.byChunks) continue;
      for (const chunk of chunks) await followChunk(context, chunk, dependant.jobId);
    }
  }
}

/** What somebody did to a chunk by hand comes to its job, even if they died half-way. */
async function followCounts(context: Context, was: ChunkItem | undefined, is: ChunkItem): Promise<void> {
  if (was?.status === is.status) return;
  // What comes with attempts was restored, and its job counts it already.
  if (was === undefined && is.attempt > 0 && is.status !== 'running') return;
  if (is.status === 'queued') {
    if (was !== undefined && isEnd(was.status)) await reopenForChunk(context, is, was.status);
  } else if (isEnd(is.status) && (was?.status !== 'running' || is.outcome === 'overridden')) {
    await recountForChunk(context, is);
  }
}

const isEnd = (status: ChunkItem['status']): status is 'completed' | 'warning' | 'failed' =>
  chunkStatuses[status].ended;
