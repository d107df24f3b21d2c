/**
 * Repairs what a crash in the middle of a claim or report left of a running job: instances that nobody uses,
 * chunks that run without a holder, indexes that were handed out and never written. Acts at the second sight
 * only, when no claim or report has touched the job's state since the first, and none has just ended a chunk to
 * touch it next: then none is under way.
 */

import type { ChunkItem } from '../model/chunk.ts';
import { timeAfter } from '../model/clock.ts';
import type { JobState } from '../model/job.ts';
import { milliseconds } from '../model/time.ts';
import type { Context } from '../runtime/context.ts';
import { noteCorrection } from './noteActivity.ts';
import { CALM_MS, sightOf } from './secondSight.ts';

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
  let endedAt = 0;
  await context.chunks.readAll(state.id, state.generation, state.total, (chunk) => {
    seen[chunk.index] = 1;
    endedAt = Math.max(endedAt, chunk.endedAt === null ? 0 : milliseconds(chunk.endedAt));
    if (chunk.status !== 'running') counts[chunk.status] += 1;
    else if (chunk.token !== null && heldTokens.has(chunk.token)) running += 1;
    else orphans.push(chunk);
  });
  // Whoever ended that attempt has the slot in hand, and gives it back or passes it on with the next write.
  if (context.clock.now() - endedAt < CALM_MS) return false;
  const holes = state.followsChunks
    ? []
    : Array.from(seen.subarray(0, Math.min(state.next, state.total)).entries()).flatMap(([index, isThere]) =>
        isThere ? [] : [index],
      );
  // The version first: whoever has begun to move meanwhile wins, and nothing below happens.
  const begun = await context.jobs.replaceState(state, state.version);
  if (!begun.applied) return false;
  const name = { jobId: state.id, generation: state.generation, total: state.total };
  for (const orphan of orphans) {
    const ended = await context.chunks.end({ ...name, index: orphan.index }, lostEnd(context, orphan));
    if (ended.applied) {
      counts.queued += 1;
      context.logger.log('chunk-orphaned', { jobId: state.id, chunkId: orphan.index + 1 });
    } else {
      // Whoever ended it counts it and gives its slot back.
      running += 1;
    }
  }
  for (const index of holes) {
    await context.chunks.createQueued({ ...name, index }, 'handed out, then lost before a node had it');
  }
  counts.queued += holes.length;
  const next = { ...begun.state, slots: running, counts, suspectSince: null, suspectVersion: null };
  if (!(await context.jobs.replaceState(next, begun.state.version)).applied) return false;
  context.logger.log('slots-corrected', { jobId: state.id, from: state.slots, to: running });
  const text = `job ${state.id}: ${state.slots} -> ${running} instances`;
  await noteCorrection(context, 'slots-corrected', text);
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
