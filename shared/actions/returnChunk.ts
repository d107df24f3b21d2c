/**
 * A chunk goes back into the queue. Always the chunk first, then the slot: whoever sees a free slot then finds
 * the chunk, and a crash in between leaves a slot too many, which the tick takes back, never a lost chunk.
 */
import { timeAfter } from '../model/clock.ts';
import type { Assignment, AssignmentKey } from '../model/node.ts';
import type { Context } from '../runtime/context.ts';
import type { CountName, StateWrite } from '../store/jobStore.ts';

/**
 * Ends a running attempt without penalty and gives back its slot and limits. Does nothing if the attempt is
 * over already: whoever wins the end of an attempt gives back what it held, and nobody else.
 */
export async function returnChunk(context: Context, attempt: Assignment, message: string): Promise<void> {
  const ended = await context.chunks.end(attempt, {
    token: attempt.token,
    status: 'queued',
    outcome: 'interrupted',
    endedAt: timeAfter(context.clock),
    exitCode: null,
    message,
    cpuSeconds: 0,
    peakMemoryMb: 0,
    isPenalty: false,
  });
  if (!ended.applied) return;
  await giveSlotBack(context, attempt, 'queued');
  await giveBackLimits(context, attempt.limits);
}

/** Counts a chunk that left running, gives its slot back and makes the job claimable again if it is. */
export async function giveSlotBack(
  context: Context,
  { jobId, generation }: Pick<AssignmentKey, 'jobId' | 'generation'>,
  count: CountName,
): Promise<void> {
  await settle(context, await context.jobs.end(jobId, generation, count));
}

export async function giveBackLimits(context: Context, limits: readonly string[]): Promise<void> {
  await Promise.all(limits.map((name) => context.limits.giveBack(name)));
}

/** After a hot write: the ready index says what the state says. A lost generation concerns nobody any more. */
export async function settle(context: Context, write: StateWrite): Promise<void> {
  if (write.applied) await context.jobs.correctReady(write.state);
}
