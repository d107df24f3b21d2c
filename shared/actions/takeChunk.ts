/**
 * Takes one chunk of a job for a node: limit, slot, then the chunk. What was taken is given back on any lost
 * guard; what a crash leaves behind is repaired by the recount and the tick (invariants 1, 2, 5).
 */
import { isClaimable } from '../domain/jobStatus.ts';
import type { ChunkItem } from '../model/chunk.ts';
import { timeAfter } from '../model/clock.ts';
import type { JobSpec, JobState } from '../model/job.ts';
import type { Assignment } from '../model/node.ts';
import type { Context } from '../runtime/context.ts';
import type { ChunkName, ChunkStart, ChunkWrite } from '../store/chunkStore.ts';
import type { StateWrite } from '../store/jobStore.ts';
import { giveBackLimits, giveSlotBack, settle } from './returnChunk.ts';

/** Queued chunks that one is drawn from, so that nodes which ask at once do not all want the same. */
const DRAWN_FROM = 10;

/** A chunk that is running for a node, which does not know of it yet. */
export interface Taken {
  readonly spec: JobSpec;
  readonly assignment: Assignment;
}

/** Counts lost guards of one claim: five at most. */
export class Patience {
  #lost = 0;

  /** Notes a lost guard. */
  lose(): void {
    this.#lost += 1;
  }

  get isOver(): boolean {
    return this.#lost >= 5;
  }
}

/** Takes a chunk of one job; undefined if it has none for the node now, or what it lacks. */
export async function takeChunk(
  context: Context,
  nodeId: number,
  jobId: number,
  patience: Patience,
): Promise<Taken | 'limits-used-up' | undefined> {
  let state = await context.jobs.findState(jobId, { consistent: false });
  if (state === undefined || !isClaimable(state)) return undefined;
  // The frames belong to the generation, which guards every write below.
  const spec = await context.jobs.findSpecWithFrames(jobId, state.framesVersion);
  if (spec === undefined) return undefined;
  const { generation } = state;
  const limits = await takeLimits(context, spec);
  if (limits === undefined) {
    patience.lose();
    return 'limits-used-up';
  }
  while (state?.generation === generation && isClaimable(state) && !patience.isOver) {
    const queuedIndex: number | undefined =
      state.counts.queued > 0 ? await drawQueued(context, state) : undefined;
    if (queuedIndex === undefined && state.next >= state.total) break;
    const slot: StateWrite =
      queuedIndex === undefined
        ? await context.jobs.takeNext(jobId, generation, state, 1, timeAfter(context.clock))
        : await context.jobs.takeQueued(jobId, generation, timeAfter(context.clock));
    if (!slot.applied) {
      patience.lose();
      state = slot.present;
      continue;
    }
    await settle(context, slot);
    const index = queuedIndex ?? slot.state.next - 1;
    const name: ChunkName = { jobId, generation, index, total: slot.state.total };
    const started =
      queuedIndex === undefined
        ? await startNewChunk(context, slot.state, name, nodeId)
        : await context.chunks.startQueued(name, startFor(context, nodeId));
    if (started?.applied) return { spec, assignment: assignmentOf(started.chunk, slot.state, limits) };
    patience.lose();
    // The slot was for a chunk that somebody else has.
    if (queuedIndex === undefined) await settle(context, await context.jobs.giveBackSlot(jobId, generation));
    else await giveSlotBack(context, { jobId, generation }, 'queued');
    state = await context.jobs.findState(jobId, { consistent: true });
  }
  await giveBackLimits(context, limits);
  return undefined;
}

/**
 * Starts the chunk at the index that was just taken. If somebody touched it by hand before, reads the shards
 * forward once and moves `next` past what is there; undefined when nothing is left.
 */
export async function startNewChunk(
  context: Context,
  state: JobState,
  name: ChunkName,
  nodeId: number,
): Promise<ChunkWrite | undefined> {
  const started = await context.chunks.startNew(name, startFor(context, nodeId));
  if (started.applied) return started;
  const index = await context.chunks.firstAbsent(name.jobId, name.generation, name.total, name.index + 1);
  const skipped = await context.jobs.skipTo(
    name.jobId,
    name.generation,
    state.next,
    Math.min(index + 1, name.total),
  );
  await settle(context, skipped);
  if (!skipped.applied || index >= name.total) return undefined;
  return context.chunks.startNew({ ...name, index }, startFor(context, nodeId));
}

/** One of the chunks that wait again, drawn at random; undefined if the index shows none. */
export async function drawQueued(context: Context, state: JobState): Promise<number | undefined> {
  const indexes = await context.chunks.requeued(state.id, state.generation, DRAWN_FROM);
  return indexes[Math.floor(context.random() * indexes.length)];
}

/** A start of an attempt by a node, with a fresh token. */
export const startFor = (context: Context, nodeId: number): ChunkStart => ({
  nodeId,
  token: context.newToken(),
  startedAt: timeAfter(context.clock),
});

/** The assignment of a running chunk. */
export function assignmentOf(
  chunk: ChunkItem,
  { total, framesVersion }: Pick<JobState, 'total' | 'framesVersion'>,
  limits: readonly string[],
  acceptBy: string | null = null,
): Assignment {
  if (chunk.token === null || chunk.startedAt === null)
    throw new Error('a chunk that runs has a token and a start');
  return {
    jobId: chunk.jobId,
    generation: chunk.generation,
    index: chunk.index,
    total,
    attempt: chunk.attempt,
    token: chunk.token,
    limits,
    assignedAt: chunk.startedAt,
    framesVersion,
    acceptBy,
  };
}

/**
 * Takes every limit of a job's template; undefined, with nothing taken, when one is used up or the template is
 * not installed, which keeps the job from every node.
 */
export async function takeLimits(context: Context, spec: JobSpec): Promise<readonly string[] | undefined> {
  const template = await context.templates.findKept(spec.templateId);
  if (template === undefined) return undefined;
  const taken: string[] = [];
  for (const { name, maximum } of template.limits) {
    if (!(await context.limits.take(name, maximum))) {
      await giveBackLimits(context, taken);
      return undefined;
    }
    taken.push(name);
  }
  return taken;
}
