/**
 * Repairs what a crash in the middle of a claim or report left of a running job: instances that nobody uses,
 * chunks that run without a holder, indexes that were handed out and never written. Acts at the second sight
 * only, when no claim or report has touched the job's state since the first: then none is under way.
 */

import type { ChunkItem } from '../model/chunk.ts';
import { timeAfter } from '../model/clock.ts';
import type { JobState } from '../model/job.ts';
import type { Context } from '../runtime/context.ts';
import { sightOf } from './secondSight.ts';

/** Compares a job's instances with the nodes that hold its chunks; true if something was repaired. */
export async function repairJob(
  context: Context,
  state: JobState,
  heldTokens: ReadonlySet<string>,
): Promise<boolean> {
  if (state.slots === heldTokens.size) return false;
  const sight = sightOf(context, state);
  if (sight === 'first') await context.jobs.suspect(state.id, state.version, timeAfter(context.clock));
  if (sight !== 'second') return false;
  return rebuild(context, state, heldTokens);
}

async function rebuild(context: Context, state: JobState, heldTokens: ReadonlySet<string>): Promise<boolean> {
  const orphans: ChunkItem[] = [];
  const counts = { queued: 0, completed: 0, warning: 0, failed: 0 };
  // A token that a node holds and no chunk runs under is what a dead node remembers: it takes up no slot.
  let running = 0;
  const seen = new Uint8Array(state.total);
  await context.chunks.readAll(state.id, state.generation, state.total, (chunk) => {
    seen[chunk.index] = 1;
    if (chunk.status !== 'running') counts[chunk.status] += 1;
    else if (chunk.token !== null && heldTokens.has(chunk.token)) running += 1;
    else orphans.push(chunk);
  });
  const holes = state.followsChunks
    ? []
    : Array.from(seen.subarray(0, Math.min(state.next, state.total)).entries()).flatMap(([index, isThere]) =>
        isThere ? [] : [index],
      );
  // The state first: whoever has begun to move meanwhile wins, and nothing below happens.
  counts.queued += orphans.length + holes.length;
  const next = { ...state, slots: running, counts, suspectSince: null, suspectVersion: null };
  if (!(await context.jobs.replaceState(next, state.version)).applied) return false;
  const name = { jobId: state.id, generation: state.generation, total: state.total };
  for (const orphan of orphans) {
    await context.chunks.end({ ...name, index: orphan.index }, lostEnd(context, orphan));
    context.logger.log('chunk-orphaned', { jobId: state.id, chunkId: orphan.index + 1 });
  }
  for (const index of holes) {
    await context.chunks.createQueued({ ...name, index }, 'handed out, then lost before a node had it');
  }
  context.logger.log('slots-corrected', { jobId: state.id, from: state.slots, to: running });
  return true;
}

const lostEnd = (context: Context, chunk: ChunkItem) => ({
  token: chunk.token ?? '',
  status: 'queued' as const,
  outcome: 'interrupted' as const,
  endedAt: timeAfter(context.clock),
  exitCode: null,
  message: 'no node held it',
  cpuSeconds: 0,
  peakMemoryMb: 0,
  isPenalty: false,
});
