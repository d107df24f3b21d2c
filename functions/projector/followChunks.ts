/** A chunk that completed may set chunks of other jobs free; one that left its end keeps its own job from being over. */
import { followChunk } from '../../shared/actions/followParents.ts';
import { reopenForChunk } from '../../shared/actions/reopenForChunk.ts';
import { isChunkDone } from '../../shared/domain/dependencies.ts';
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
    if (before === undefined || after === undefined || kindOf(after) !== 'CHUNKS') continue;
    const { status } = chunkOf(before);
    const wasEnded = status === 'completed' || status === 'warning' || status === 'failed';
    if (wasEnded && chunkOf(after).status === 'queued') await reopenForChunk(context, chunkOf(after), status);
  }
  // The edges of a job are read once a batch, strongly: see dependencies in docs/architecture.md.
  for (const [jobId, chunks] of Map.groupBy(done, (chunk) => chunk.jobId)) {
    for (const dependant of await context.jobs.dependants(jobId)) {
      if (!dependant.byChunks) continue;
      for (const chunk of chunks) await followChunk(context, chunk, dependant.jobId);
    }
  }
}
