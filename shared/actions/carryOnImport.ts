/**
 * The steps of an import of the queue. Each moves the item that says how far it is, so that whoever comes next, the same
 * request or the tick, goes on from there. Two at once do the same, and one of them moves it on.
 */
import { exportName } from '../blobs/blobStore.ts';
import { standingOf } from '../domain/backupMerge.ts';
import { followsChunks } from '../domain/dependencies.ts';
import { matchClassOf } from '../domain/matchClass.ts';
import { DispatcherError } from '../errors.ts';
import { timeAfter } from '../model/clock.ts';
import type { JobSpec, JobState } from '../model/job.ts';
import type { QueueImport } from '../model/queueImport.ts';
import { milliseconds } from '../model/time.ts';
import type { Context } from '../runtime/context.ts';
import { SETTINGS_KEPT_SECONDS } from '../store/settingsStore.ts';
import { isGatedByChunk } from './askChunks.ts';
import { goingState } from './deleteJob.ts';
import { keepExport } from './exportQueue.ts';
import { untouchedState } from './newJobState.ts';
import { readStagedIds, readStagedPart, removeStaged, type StagedLine } from './stagedImport.ts';

/** Who has not heard of the import works on the queue for so long: with settings as they were, to the end of a call. */
const SETTLE_MS = (SETTINGS_KEPT_SECONDS + 25) * 1_000;
const JOBS_PER_PAGE = 200;

/** Until when steps begin, and until when that one which takes longest. */
interface Patience {
  readonly until: number;
  readonly exportUntil: number;
}

/** Takes steps until the import has ended, must wait, or the time is over; answers with how far it is. */
export async function carryOn(
  context: Context,
  work: QueueImport,
  { until, exportUntil }: Patience,
): Promise<QueueImport> {
  const parts = new Map<number, Promise<StagedLine[] | undefined>>();
  let now = work;
  // One that is refused is not left half-way: whoever asked is to hear why.
  while (!isOver(now) && (now.rule !== null || context.clock.now() < until)) {
    if (now.phase === 'export' && context.clock.now() >= exportUntil) break;
    const next = await takeStep(context, now, parts);
    if (next === 'waits') break;
    // Somebody else has moved it on.
    now = next ?? (await getImport(context, work.run));
  }
  return now;
}

export const isOver = ({ phase }: QueueImport): boolean => phase === 'done' || phase === 'refused';

async function getImport(context: Context, run: string): Promise<QueueImport> {
  const work = await context.queueImports.find(run);
  if (work === undefined) throw new Error(`import ${run} was begun and is not there`);
  return work;
}

/** One step; `waits` if it is not time for it yet, undefined if somebody else has moved the import on. */
async function takeStep(
  context: Context,
  work: QueueImport,
  parts: Map<number, Promise<StagedLine[] | undefined>>,
): Promise<QueueImport | 'waits' | undefined> {
  switch (work.phase) {
    case 'settle':
      return settle(context, work);
    case 'export':
      return exportBefore(context, work);
    case 'replace':
      return replace(context, work, parts);
    case 'clear':
      return clear(context, work);
    case 'tidy':
      await removeStaged(context, work);
      return end(context, work, { phase: work.rule === null ? 'done' : 'refused' });
    case 'done':
    case 'refused':
      return work;
  }
}

/** Waits for calls that began before everybody knew, and for work of the archive, which has read the queue as it was. */
async function settle(context: Context, work: QueueImport): Promise<QueueImport | 'waits' | undefined> {
  if (context.clock.now() < milliseconds(work.beganAt) + SETTLE_MS) return 'waits';
  const works = await context.backups.work();
  if (works.some(({ kind }) => kind === 'backup' || kind === 'restore')) return 'waits';
  return context.queueImports.advance(work, { phase: 'export' });
}

async function exportBefore(context: Context, work: QueueImport): Promise<QueueImport | undefined> {
  try {
    await keepExport(context, exportName(work.run));
  } catch (error) {
    if (!(error instanceof DispatcherError)) throw error;
    // What was put aside goes afterwards: another call may have made the export, and then needs it.
    return context.queueImports.advance(work, { phase: 'tidy', rule: error.message.replace(/\.$/, '') });
  }
  // No id of the text may be given to another job.
  await context.ids.passOver('job', work.highestId);
  return context.queueImports.advance(work, { phase: 'replace' });
}

/** Writes one line: chunks under a generation that nobody sees, then, with the last of them, the job that has it. */
async function replace(
  context: Context,
  work: QueueImport,
  parts: Map<number, Promise<StagedLine[] | undefined>>,
): Promise<QueueImport | 'waits' | undefined> {
  const { place, partCount, doneCount } = work;
  if (place.part >= partCount) return context.queueImports.advance(work, { phase: 'clear' });
  const part = parts.get(place.part) ?? readStagedPart(context, work, place.part);
  parts.clear();
  parts.set(place.part, part);
  const lines = await part;
  if (lines === undefined) return undefined;
  const line = lines[place.line];
  if (line === undefined) {
    return context.queueImports.advance(work, { place: { part: place.part + 1, line: 0 } });
  }
  const { id } = line.spec;
  const former = await readFormer(context, id);
  if (former === 'going') return 'waits';
  const generation = line.isFirst ? former.generation + 1 : Number(work.generation);
  if (generation <= former.generation) {
    // A new generation was begun meanwhile; the chunks that are written belong to none.
    return context.queueImports.advance(work, { place: line.first, generation: null });
  }
  const state = await stateOf(context, line, former, generation);
  const chunks = line.chunks.map((chunk) => ({
    ...chunk,
    jobId: id,
    generation,
    token: null,
    endedToken: null,
    version: 1,
  }));
  if (!(await context.chunks.putBack(state.total, chunks, context.queueImports.fence(work))))
    return undefined;
  const next = { part: place.part, line: place.line + 1 };
  if (!line.isLast) return context.queueImports.advance(work, { place: next, generation });
  const moved = { place: next, generation: null, doneCount: doneCount + 1 };
  return (await writeJob(context, work, line.spec, state, former, moved))
    ? { ...work, ...moved, version: work.version + 1 }
    : undefined;
}

interface Former {
  readonly spec: JobSpec | undefined;
  readonly state: JobState | undefined;
  /** The last that its id has had; 0 if it has had none. */
  readonly generation: number;
}

/** What stands under an id; `going` if that is still being removed. */
async function readFormer(context: Context, id: number): Promise<Former | 'going'> {
  const [state, spec, tombstone] = await Promise.all([
    context.jobs.findState(id, { consistent: true }),
    context.jobs.findSpec(id, { consistent: true }),
    context.jobs.findTombstone(id, { consistent: true }),
  ]);
  const buriedMs = tombstone === undefined ? undefined : milliseconds(tombstone.deletedAt);
  // A job without a state is half a submission that nobody was told of.
  if (standingOf(state, false, buriedMs, context.clock.now()) === 'going') return 'going';
  return { spec, state, generation: Math.max(state?.generation ?? 0, tombstone?.generation ?? 0) };
}

async function stateOf(
  context: Context,
  { spec, state }: StagedLine,
  former: Former,
  generation: number,
): Promise<JobState> {
  const isGated = await isGatedByChunk(context, spec);
  const untouched = untouchedState(spec, isGated);
  const specVersion = specVersionAfter(former);
  return {
    ...untouched,
    ...state,
    // Chunks that the text does not have wait for the word of the hook.
    ...(isGated ? { next: untouched.next } : {}),
    framesVersion: framesVersionAfter(former),
    specVersion,
    importedVersion: specVersion,
    generation,
    generationSince: timeAfter(context.clock),
    // The first version is that of a submission.
    version: (former.state?.version ?? 1) + 1,
    sweptGeneration: former.state?.sweptGeneration ?? generation - 1,
  };
}

const specVersionAfter = ({ spec }: Former): number => (spec?.specVersion ?? 0) + 1;

/** Chunks of the former job may be other ones. */
const framesVersionAfter = ({ spec }: Former): number => (spec?.framesVersion ?? 0) + 1;

async function writeJob(
  context: Context,
  work: QueueImport,
  imported: JobSpec,
  state: JobState,
  former: Former,
  moved: Partial<QueueImport>,
): Promise<boolean> {
  const spec = {
    ...imported,
    specVersion: specVersionAfter(former),
    framesVersion: framesVersionAfter(former),
  };
  if (spec.type === 'job') await context.matchClasses.ensure(matchClassOf(spec));
  const edgesBefore = former.spec?.dependIds ?? [];
  // Edges first: an end of a parent that comes after the state finds them.
  await context.jobs.addDependants(spec.dependIds, spec.id, followsChunks(spec));
  await context.jobs.removeDependants(
    edgesBefore.filter((id) => !spec.dependIds.includes(id)),
    spec.id,
  );
  return context.jobs.replaceWhole(
    spec,
    state,
    { specVersion: former.spec?.specVersion, stateVersion: former.state?.version },
    context.queueImports.advancing(work, moved),
  );
}

/** Deletes a page of jobs that are not in the text, as if somebody had deleted each: the tick sweeps them. */
async function clear(context: Context, work: QueueImport): Promise<QueueImport | undefined> {
  const ids = await readStagedIds(context, work);
  if (ids === undefined) return undefined;
  const page = await context.jobs.list({ after: work.clearedUpTo, limit: JOBS_PER_PAGE, backward: false });
  for (const { spec } of page.jobs) {
    if (!ids.has(spec.id)) await remove(context, spec.id);
  }
  return context.queueImports.advance(
    work,
    page.nextAfter === undefined ? { phase: 'tidy' } : { clearedUpTo: page.nextAfter },
  );
}

async function remove(context: Context, id: number): Promise<void> {
  for (;;) {
    const state = await context.jobs.findState(id, { consistent: true });
    if (state === undefined || state.status === 'deleting') return;
    // What is in a folder is in the text, where its parent is another one, or is deleted as well.
    if ((await context.jobs.replaceState(goingState(context, state), state.version)).applied) return;
  }
}

/** Ends an import, and lets the engine do what it did before. */
async function end(
  context: Context,
  work: QueueImport,
  change: Partial<QueueImport>,
): Promise<QueueImport | undefined> {
  const ended = { ...change, endedAt: timeAfter(context.clock) };
  const settings = await context.configuration.getSettings();
  const isEnded = await context.queueImports.end(work, ended, settings, context.clock.now());
  return isEnded ? { ...work, ...ended, version: work.version + 1 } : undefined;
}
