/** A chunk as every reader sees it. */
import { packetAt } from '../domain/chunking.ts';
import type { Chunk, ChunkItem, ChunkStatus } from '../model/chunk.ts';
import type { JobSpec, JobState } from '../model/job.ts';
import { untouched } from '../store/chunkStore.ts';

/** `waitsFor` says why a chunk is not in the queue yet. */
export function viewChunk(
  spec: JobSpec,
  state: JobState,
  index: number,
  item: ChunkItem | undefined,
  progress: number,
  waitsFor: string,
): Chunk {
  const { jobId, ...chunk } = item ?? untouched({ jobId: state.id, generation: state.generation, index });
  const isWaiting = item === undefined && state.followsChunks;
  const status: ChunkStatus = isWaiting ? 'waiting' : chunk.status;
  return {
    jobId,
    chunkId: index + 1,
    status,
    ...packetAt(spec, index),
    nodeId: chunk.nodeId,
    attempt: chunk.attempt,
    requeueCount: chunk.requeueCount,
    progress: status === 'completed' || status === 'warning' ? 1 : progress,
    startedAt: chunk.startedAt,
    endedAt: status === 'running' ? null : chunk.endedAt,
    exitCode: chunk.exitCode,
    message: isWaiting ? waitsFor : chunk.message,
  };
}
