/** Chunks of a job: items where somebody touched them, computed where nobody did. */
import { packetAt } from '../domain/chunking.ts';
import type { Chunk, ChunkItem, ChunkStatus } from '../model/chunk.ts';
import type { JobSpec, JobState } from '../model/job.ts';
import type { Context } from '../runtime/context.ts';
import { untouched } from '../store/chunkStore.ts';
import { nameChunk } from './nameChunk.ts';

/** A page of chunks from an index on; `next` is where the following page begins. */
export async function listChunks(
  context: Context,
  jobId: number,
  from: number,
  limit: number,
): Promise<{ readonly chunks: Chunk[]; readonly next: number | undefined }> {
  const { spec, state } = await context.jobs.get(jobId);
  const end = Math.min(state.total, from + limit);
  if (from >= end) return { chunks: [], next: undefined };
  const items = new Map(
    (await context.chunks.range(jobId, state.generation, state.total, from, end - 1)).map((chunk) => [
      chunk.index,
      chunk,
    ]),
  );
  const progressOf = await findProgress(context, [...items.values()]);
  const chunks = Array.from({ length: end - from }, (_, offset) => {
    const item = items.get(from + offset);
    return viewChunk(spec, state, from + offset, item, progressOf(item));
  });
  return { chunks, next: end < state.total ? end : undefined };
}

/** One chunk by strong reads, with the progress of the node that runs it. */
export async function getChunk(context: Context, jobId: number, chunkId: number): Promise<Chunk> {
  const { spec, state } = await context.jobs.get(jobId);
  const name = nameChunk(state, chunkId);
  const item = await context.chunks.find(name, { consistent: true });
  const progressOf = await findProgress(context, item === undefined ? [] : [item]);
  return viewChunk(spec, state, chunkId - 1, item, progressOf(item));
}

/** What the nodes that run these chunks last said of their progress. */
async function findProgress(
  context: Context,
  items: readonly ChunkItem[],
): Promise<(item: ChunkItem | undefined) => number> {
  const nodeIds = items.flatMap(({ status, nodeId }) =>
    status === 'running' && nodeId !== null ? [nodeId] : [],
  );
  const nodes = await context.nodes.findStates([...new Set(nodeIds)], { consistent: false });
  return (item) => {
    const node = nodes.get(item?.nodeId ?? 0);
    return node?.assignment != null && node.assignment.token === item?.token ? node.progress : 0;
  };
}

function viewChunk(
  spec: JobSpec,
  state: JobState,
  index: number,
  item: ChunkItem | undefined,
  progress: number,
): Chunk {
  const { jobId, ...chunk } = item ?? untouched({ jobId: state.id, generation: state.generation, index });
  const status: ChunkStatus = item === undefined && state.followsChunks ? 'waiting' : chunk.status;
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
    message: chunk.message,
  };
}
