/** Chunks of a job: items where somebody touched them, computed where nobody did. */
import { reasonOf } from '../domain/chunkGates.ts';
import { followsChunks } from '../domain/dependencies.ts';
import type { Chunk, ChunkItem } from '../model/chunk.ts';
import type { JobSpec, JobState } from '../model/job.ts';
import type { Context } from '../runtime/context.ts';
import { nameChunk } from './nameChunk.ts';
import { viewChunk } from './viewChunk.ts';

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
  const [progressOf, waitsFor] = await Promise.all([
    findProgress(context, [...items.values()]),
    items.size < end - from ? findReasons(context, spec, state) : () => '',
  ]);
  const chunks = Array.from({ length: end - from }, (_, offset) => {
    const item = items.get(from + offset);
    return viewChunk(spec, state, from + offset, item, progressOf(item), waitsFor(from + offset));
  });
  return { chunks, next: end < state.total ? end : undefined };
}

/** One chunk by strong reads, with the progress of the node that runs it. */
export async function getChunk(context: Context, jobId: number, chunkId: number): Promise<Chunk> {
  const { spec, state } = await context.jobs.get(jobId);
  const name = nameChunk(state, chunkId);
  const item = await context.chunks.find(name, { consistent: true });
  const progressOf = await findProgress(context, item === undefined ? [] : [item]);
  const waitsFor = item === undefined ? await findReasons(context, spec, state) : () => '';
  return viewChunk(spec, state, name.index, item, progressOf(item), waitsFor(name.index));
}

/** Why chunks without an item wait, by their index. */
async function findReasons(
  context: Context,
  spec: JobSpec,
  state: JobState,
): Promise<(index: number) => string> {
  if (!state.followsChunks) return () => '';
  const { gate } = await context.chunkGates.get(state.id, state.generation);
  const isKnown = (index: number): boolean => !followsChunks(spec) || gate.refused.includes(index);
  return (index) => (isKnown(index) ? reasonOf(gate, index) : '');
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
