/** The chunk that a caller names by its number, in the present generation of its job. */
import { notFound } from '../errors.ts';
import type { JobState } from '../model/job.ts';
import type { ChunkName } from '../store/chunkStore.ts';

/** Throws `not-found` beyond the last chunk. */
export function nameChunk({ id: jobId, generation, total }: JobState, chunkId: number): ChunkName {
  if (chunkId > total) throw notFound(`chunk of job ${jobId}`, chunkId);
  return { jobId, generation, index: chunkId - 1, total };
}
