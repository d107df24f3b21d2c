/** Changes the status of a chunk by hand. */
import type { ChunkEvent } from '../domain/chunkStatus.ts';
import { chunkTransitions } from '../domain/chunkStatus.ts';
import { getTransition } from '../domain/transition.ts';
import { DispatcherError } from '../errors.ts';
import type { ChunkItem, ChunkStatus } from '../model/chunk.ts';
import { timeAfter } from '../model/clock.ts';
import type { JobState } from '../model/job.ts';
import type { Context } from '../runtime/context.ts';
import type { ChunkName } from '../store/chunkStore.ts';
import type { CountName } from '../store/jobStore.ts';
import { nameChunk } from './nameChunk.ts';
import type { Once } from './once.ts';
import { recountForChunk } from './recountForChunk.ts';
import { settle } from './returnChunk.ts';
import { stopOverridden } from './stopOverridden.ts';

const TRIES = 5;

export interface StatusChange {
  readonly jobId: number;
  readonly chunkId: number;
  readonly status: 'queued' | 'completed' | 'failed';
}

/**
 * Sets a chunk. A chunk that leaves its end reopens the job first (version + 1), so that a recount under way
 * does not commit; one that reaches an end is written first, then counted. A node that runs it is stopped.
 */
export async function changeChunkStatus(
  context: Context,
  change: StatusChange,
  once: Once,
  assertMayEdit: (owner: string) => Promise<void>,
): Promise<void> {
  const first = await load(context, change, assertMayEdit);
  const { value: seenVersion, isRepeat } = await once.reserve(async () => first.chunk?.version ?? 0);
  if (isRepeat && (first.chunk?.version ?? 0) > seenVersion) {
    // The first try may have died before it counted the chunk.
    await context.recountQueue.send({ jobId: change.jobId, generation: first.state.generation });
    return;
  }
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    const { state, chunk, name } = attempt === 0 ? first : await load(context, change, assertMayEdit);
    const from: ChunkStatus = chunk?.status ?? (state.followsChunks ? 'waiting' : 'queued');
    const event: ChunkEvent = `set-${change.status}`;
    const { to, reason } = getTransition(chunkTransitions, 'chunk', change.chunkId, from, event);
    // A chunk that nobody touched and that is queued anyway stays computed.
    if (chunk === undefined && to === 'queued' && from === 'queued' && name.index >= state.next) return;
    if (chunk?.status === to) return;
    if (await write(context, state, chunk, name, to, reason)) return;
  }
  throw new DispatcherError('conflict', { what: 'chunk', id: change.chunkId });
}

async function load(
  context: Context,
  { jobId, chunkId }: StatusChange,
  assertMayEdit: (owner: string) => Promise<void>,
): Promise<{ readonly state: JobState; readonly chunk: ChunkItem | undefined; readonly name: ChunkName }> {
  const { spec, state } = await context.jobs.get(jobId);
  await assertMayEdit(spec.owner);
  const name = nameChunk(state, chunkId);
  return { state, name, chunk: await context.chunks.find(name, { consistent: true }) };
}

/** One try; false when chunk or job moved meanwhile. */
async function write(
  context: Context,
  state: JobState,
  chunk: ChunkItem | undefined,
  name: ChunkName,
  to: ChunkStatus,
  reason: string,
): Promise<boolean> {
  const counts = countsAfter(state, chunk, to);
  if (to === 'queued') {
    const reopened = await context.jobs.reopen(state, counts, 'chunks were put back into the queue by hand');
    if (!reopened.applied) return false;
    await settle(context, reopened);
  }
  const now = timeAfter(context.clock);
  const wasRunning = chunk?.status === 'running' ? chunk : undefined;
  const written = await context.chunks.set(name, chunk, {
    status: to as ChunkItem['status'],
    message: reason,
    ...(to === 'queued' ? { requeueCount: 0 } : { endedAt: now }),
    ...(wasRunning === undefined
      ? {}
      : { token: null, endedToken: wasRunning.token, outcome: 'overridden' as const, endedAt: now }),
  });
  if (!written.applied) {
    // It was counted before: whoever moved the chunk counts what it became.
    if (to === 'queued')
      await settle(context, await context.jobs.adjustCounts({ ...state, counts }, state.counts));
    return false;
  }
  await count(context, state, counts, to, wasRunning !== undefined);
  // A recount in between has counted a job that has ended with this chunk: then it is in there twice.
  if (to !== 'queued') await recountForChunk(context, name);
  if (wasRunning?.nodeId != null && wasRunning.token !== null)
    await stopOverridden(context, wasRunning.nodeId, wasRunning.token);
  return true;
}

/**
 * Slot and count in one write: a job without slots and with a chunk still to be counted could be ended by a recount.
 * What goes back into the queue was counted before it was written.
 */
async function count(
  context: Context,
  state: JobState,
  counts: JobState['counts'],
  to: ChunkStatus,
  wasRunning: boolean,
): Promise<void> {
  if (to === 'queued' && !wasRunning) return;
  const { id, generation } = state;
  const counted =
    to === 'queued'
      ? await context.jobs.giveBackSlot(id, generation)
      : wasRunning
        ? await context.jobs.end(id, generation, to as CountName)
        : await context.jobs.adjustCounts(state, counts);
  await settle(context, counted);
}

function countsAfter(state: JobState, chunk: ChunkItem | undefined, to: ChunkStatus): JobState['counts'] {
  const counts = { ...state.counts };
  if (chunk !== undefined && chunk.status !== 'running') counts[chunk.status] -= 1;
  if (to !== 'running' && to !== 'waiting') counts[to] += 1;
  return counts;
}
