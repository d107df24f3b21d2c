/**
 * Chunk dependencies: chunks of a child come into the queue one by one, as those that cover them complete. Where a hook has a
 * word to say about each, it is asked then.
 */
import { packetAt } from '../domain/chunking.ts';
import {
  coveringIndexes,
  followsChunks,
  isChunkDone,
  isSatisfied,
  touchedIndexes,
} from '../domain/dependencies.ts';
import { isStartable } from '../domain/jobStatus.ts';
import type { ChunkItem } from '../model/chunk.ts';
import { timeAfter } from '../model/clock.ts';
import type { JobSpec, JobState } from '../model/job.ts';
import type { Context } from '../runtime/context.ts';
import { askAboutChunks, askChunks, isGatedByChunk } from './askChunks.ts';
import { settle } from './returnChunk.ts';

interface ParentJob {
  readonly spec: JobSpec;
  readonly state: JobState;
}

/** Looks at everything that a child waits for. For a child that is new, edited, or whose parent has ended. */
export async function followParents(context: Context, child: JobSpec, state: JobState): Promise<void> {
  // Its chunks follow the word of a hook, which is asked elsewhere.
  if (state.status === 'deleting' || !followsChunks(child)) return;
  const isGated = await isGatedByChunk(context, child);
  // It is looked at when it may start.
  if (isGated && !isStartable(state)) return;
  const parents = await readParentJobs(context, child);
  // What has come about is not known here: a repeated record asks again.
  const occasion = `${state.version}-${timeAfter(context.clock)}`;
  if (parents.length === 0) {
    return isGated ? askChunks(context, state, occasion, 'again') : stopFollowing(context, state);
  }
  const done = await Promise.all(parents.map((parent) => doneIndexes(context, parent)));
  const ready: number[] = [];
  for (let index = 0; index < state.total; index += 1) {
    const packet = packetAt(child, index);
    const isReady = parents.every(({ spec }, position) =>
      coveringIndexes(spec, packet).every((covering) => done[position]?.has(covering)),
    );
    if (isReady) ready.push(index);
  }
  if (isGated) return askAboutChunks(context, state, occasion, ready);
  for (const index of ready) await release(context, state, index);
}

/** Looks at the chunks of a child that one completed chunk of a parent may set free. */
export async function followChunk(context: Context, chunk: ChunkItem, childId: number): Promise<void> {
  const [child, state, parentSpec] = await Promise.all([
    context.jobs.findSpec(childId, { consistent: true }),
    context.jobs.findState(childId, { consistent: true }),
    context.jobs.findSpec(chunk.jobId, { consistent: true }),
  ]);
  if (child === undefined || parentSpec === undefined || !state?.followsChunks || state.status === 'deleting')
    return;
  const parents = await readParentJobs(context, child);
  const ready: number[] = [];
  for (const index of touchedIndexes(child, packetAt(parentSpec, chunk.index))) {
    const packet = packetAt(child, index);
    const covered = await Promise.all(
      parents.map((parent) => isCovered(context, parent, coveringIndexes(parent.spec, packet))),
    );
    if (covered.every(Boolean)) ready.push(index);
  }
  if (await isGatedByChunk(context, child)) {
    const occasion = `${chunk.jobId}.${chunk.generation}.${chunk.index}.${chunk.version}`;
    return askAboutChunks(context, state, occasion, ready);
  }
  for (const index of ready) await release(context, state, index);
}

/** Parents that still hold the child up: deleted ones do not, nor those that ended as asked. */
export async function readParentJobs(context: Context, child: JobSpec): Promise<ParentJob[]> {
  const states = await context.jobs.states(child.dependIds, { consistent: true });
  const open = child.dependIds.flatMap((id) => {
    const state = states.get(id);
    return state === undefined || isSatisfied('success', state.status) ? [] : [state];
  });
  const specs = await Promise.all(open.map(({ id }) => context.jobs.findSpec(id, { consistent: true })));
  return open.flatMap((state, position) => {
    const spec = specs[position];
    return spec === undefined ? [] : [{ spec, state }];
  });
}

async function doneIndexes(context: Context, { state }: ParentJob): Promise<Set<number>> {
  const done = new Set<number>();
  await context.chunks.readAll(state.id, state.generation, state.total, (chunk) => {
    if (isChunkDone(chunk.status)) done.add(chunk.index);
  });
  return done;
}

async function isCovered(
  context: Context,
  { state }: ParentJob,
  indexes: readonly number[],
): Promise<boolean> {
  const chunks = await context.chunks.findMany(
    indexes.map((index) => ({ jobId: state.id, generation: state.generation, index, total: state.total })),
  );
  return chunks.length === indexes.length && chunks.every(({ status }) => isChunkDone(status));
}

/**
 * Puts a chunk into the queue, guarded by absence. The count follows; if a crash keeps the two apart, the
 * record comes again, finds the chunk queued and a job that does not know of it, and counts it then.
 */
async function release(context: Context, state: JobState, index: number): Promise<void> {
  const name = { jobId: state.id, generation: state.generation, index, total: state.total };
  const isNew = await context.chunks.createQueued(name, 'the chunks that it depends on completed');
  if (isNew || (await isForgotten(context, name))) {
    await settle(context, await context.jobs.addQueued(state.id, state.generation, 1));
  }
}

async function isForgotten(
  context: Context,
  name: {
    readonly jobId: number;
    readonly generation: number;
    readonly index: number;
    readonly total: number;
  },
): Promise<boolean> {
  const chunk = await context.chunks.find(name, { consistent: true });
  if (chunk?.status !== 'queued') return false;
  const state = await context.jobs.findState(name.jobId, { consistent: true });
  return state !== undefined && state.counts.queued <= 0;
}

/** Nothing holds the child up any more: the rest is handed out like any other job's chunks. */
export async function stopFollowing(context: Context, state: JobState): Promise<void> {
  const next = await context.chunks.firstAbsent(state.id, state.generation, state.total, 0);
  const written = await context.jobs.replaceState({ ...state, followsChunks: false, next }, state.version);
  if (written.applied || !written.present?.followsChunks) return;
  await stopFollowing(context, written.present);
}
