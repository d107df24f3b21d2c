/**
 * Takes a job out of the archive: chunks and history first, which nobody sees, then in one guarded write the state, with
 * which the job exists. What a restore leaves behind that cannot go on is taken back.
 */
import {
  beingDeleted,
  decideId,
  decideParent,
  restoredState,
  type Standing,
  standingOf,
} from '../domain/backupMerge.ts';
import { findCycle, followsChunks } from '../domain/dependencies.ts';
import { jobTransitions } from '../domain/jobStatus.ts';
import { matchClassOf } from '../domain/matchClass.ts';
import { getTransition } from '../domain/transition.ts';
import { DispatcherError, notFound } from '../errors.ts';
import type { BackupEntry, BackupRestoreAction, RestoreWork } from '../model/backupJob.ts';
import { timeAfter } from '../model/clock.ts';
import { ROOT_ID } from '../model/ids.ts';
import { type JobSpec, type JobState, jobStatuses } from '../model/job.ts';
import { milliseconds } from '../model/time.ts';
import type { Context } from '../runtime/context.ts';
import { loadPart } from './archiveBody.ts';
import { busy, checkPart, moveOn, nothingChecked, present, TRIES, takeSteps, workId } from './archiveWork.ts';
import { createFolder } from './createFolder.ts';
import { dependencyGraph } from './editJob.ts';
import { derivedState, findStanding, isGated } from './newJobState.ts';
import type { Once } from './once.ts';
import { checkParent } from './submitJob.ts';

/** Items that one step takes back at most. */
const SWEPT_PER_STEP = 20_000;

export interface RestoreRequest {
  /** Of the entry. */
  readonly id: number;
  readonly actions: readonly BackupRestoreAction[];
  readonly newParentId: number;
}

export interface RestoreProgress {
  /** The job in the queue. */
  readonly id: number;
  readonly result: 'ready' | 'started';
  /** Put back so far. */
  readonly chunkCount: number;
  readonly attemptCount: number;
}

type MayArchive = (owner: string) => void;

/** Restores a job, or carries on with that; answers when it is there or so many steps were done. */
export async function restoreJob(
  context: Context,
  request: RestoreRequest,
  mayArchive: MayArchive,
  once: Once,
): Promise<RestoreProgress> {
  const { value: reserved } = await once.reserve(() => reserve(context, request, mayArchive));
  let done = { chunkCount: 0, attemptCount: 0 };
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    const work = await findWork(context, reserved.jobId);
    if (work === undefined) {
      if (await isMade(context, request.id, reserved.jobId)) {
        return { id: reserved.jobId, result: 'ready', ...done };
      }
      await begin(context, request, reserved, mayArchive);
      continue;
    }
    if (work.run !== reserved.run) throw underWay(work);
    const left = await takeSteps(context, work, restoreStep);
    done = countsOf(left ?? { read: work.body });
    if (left !== undefined) return { id: left.jobId, result: 'started', ...done };
  }
  throw new DispatcherError('conflict', { what: 'backup', id: request.id });
}

/** Decides what becomes of a request: it joins the run that brings the job back, or gets one and an id of its own. */
async function reserve(
  context: Context,
  request: RestoreRequest,
  mayArchive: MayArchive,
): Promise<{ readonly run: string; readonly jobId: number }> {
  const entry = await getEntry(context, request.id, mayArchive);
  const running = await findWork(context, entry.jobId);
  if (running !== undefined) {
    if (running.entryRun !== entry.run || running.phase === 'undo') throw underWay(running);
    return { run: running.run, jobId: running.jobId };
  }
  const decided = decideId(request.actions, entry.jobId, await readStanding(context, entry.jobId));
  if (request.newParentId > 0) await checkParent(context, request.newParentId, 'newParentId');
  return {
    run: context.newToken(),
    jobId: decided === 'own' ? entry.jobId : await context.ids.next('job'),
  };
}

async function getEntry(context: Context, id: number, mayArchive: MayArchive): Promise<BackupEntry> {
  const entry = await context.backups.find(id);
  if (entry === undefined) throw notFound('backup', id);
  mayArchive(entry.owner);
  return entry;
}

async function readStanding(context: Context, id: number): Promise<Standing> {
  const [state, spec, tombstone] = await Promise.all([
    context.jobs.findState(id, { consistent: true }),
    context.jobs.findSpec(id, { consistent: true }),
    context.jobs.findTombstone(id, { consistent: true }),
  ]);
  const buriedMs = tombstone === undefined ? undefined : milliseconds(tombstone.deletedAt);
  return standingOf(state, spec !== undefined, buriedMs, context.clock.now());
}

/** Whether the job is there, or was and has been deleted since. */
async function isMade(context: Context, entryId: number, jobId: number): Promise<boolean> {
  if ((await context.jobs.findState(jobId, { consistent: true })) !== undefined) return true;
  // Under its own id it was buried before too.
  const isOwn = (await context.backups.find(entryId))?.jobId === jobId;
  return !isOwn && (await context.jobs.isBuried(jobId));
}

async function begin(
  context: Context,
  { id, actions, newParentId }: RestoreRequest,
  { run, jobId }: { readonly run: string; readonly jobId: number },
  mayArchive: MayArchive,
): Promise<void> {
  const entry = await getEntry(context, id, mayArchive);
  const place =
    decideParent(newParentId, actions) === 'given'
      ? { parentId: newParentId, parents: [] }
      : decideParent(newParentId, actions) === 'path'
        ? await missingParents(context, entry)
        : { parentId: await formerParent(context, entry), parents: [] };
  const work: RestoreWork = {
    kind: 'restore',
    id: workId.restore(jobId),
    version: 1,
    run,
    entryId: entry.id,
    entryRun: entry.run,
    jobId,
    ...place,
    phase: 'write',
    generation: entry.snapshot.generation,
    total: entry.chunkCount,
    counts: entry.counts,
    read: nothingChecked,
    body: entry.body,
  };
  // A request that comes again while the first ends must not put the chunks as they were over those of the job that is there.
  await context.backups.beginWhere(work, context.jobs.absence(jobId));
}

async function formerParent(context: Context, { path }: BackupEntry): Promise<number> {
  const parent = path.at(-1);
  return parent !== undefined && (await isFolder(context, parent.id)) ? parent.id : ROOT_ID;
}

async function isFolder(context: Context, id: number): Promise<boolean> {
  return (await context.jobs.findState(id, { consistent: true }))?.status === 'folder';
}

/**
 * Folders of an entry's path that are gone, under their own ids, so that the next job of the same folder finds it there. A
 * folder that is there still is taken as it is, wherever it was moved.
 */
async function missingParents(
  context: Context,
  { path }: BackupEntry,
): Promise<Pick<RestoreWork, 'parentId' | 'parents'>> {
  const parents: JobSpec[] = [];
  let parentId = ROOT_ID;
  for (const folder of path) {
    const standing = await readStanding(context, folder.id);
    if (standing === 'going') throw beingDeleted('folder', folder.id);
    const isMissing = !(await isFolder(context, folder.id));
    const id = isMissing && standing !== 'gone' ? await context.ids.next('job') : folder.id;
    if (isMissing) parents.push({ ...folder, id, parentId });
    parentId = id;
  }
  return { parentId, parents };
}

/**
 * One step of a run; undefined when it has ended. Throws `backup-damaged`, and begins to take back, when it cannot go on.
 */
export async function restoreStep(context: Context, work: RestoreWork): Promise<RestoreWork | undefined> {
  switch (work.phase) {
    case 'write':
      return write(context, work);
    case 'finish':
      return finish(context, work);
    case 'undo':
      return undo(context, work);
  }
}

async function write(context: Context, work: RestoreWork): Promise<RestoreWork | undefined> {
  const { jobId, total, body } = work;
  const found = await checkPart(context, body.folder, work.read);
  if (found === undefined) return giveUp(context, work, `part ${work.read.partCount + 1} is missing`);
  const { part, checked } = found;
  const { historyDays } = await context.configuration.get();
  const chunks = part.chunks.map((chunk) => ({ ...chunk, jobId }));
  if (!(await context.chunks.putBack(total, chunks, context.backups.fence(work)))) {
    return present(context, work);
  }
  const attempts = part.attempts.map((attempt) => ({ ...attempt, jobId }));
  await context.history.putAttempts(attempts, historyDays, timeAfter(context.clock));
  if (checked.partCount < body.partCount) return moveOn(context, work, { read: checked });
  const isWhole =
    checked.digest === body.digest &&
    checked.chunkCount === body.chunkCount &&
    checked.attemptCount === body.attemptCount;
  if (!isWhole) return giveUp(context, work, 'its checksum is wrong');
  return moveOn(context, work, { read: checked, phase: 'finish' });
}

/** From now on what was put back is taken back, unless somebody has moved the run on meanwhile. */
async function giveUp(context: Context, work: RestoreWork, rule: string): Promise<RestoreWork | undefined> {
  const isOurs = (await context.backups.advance(work, { phase: 'undo' })) !== undefined;
  if (isOurs) throw new DispatcherError('backup-damaged', { id: work.entryId, rule });
  return present(context, work);
}

async function finish(context: Context, work: RestoreWork): Promise<RestoreWork | undefined> {
  const first = await loadPart(context, work.body.folder, 0, nothingChecked.digest);
  if (first?.part.job === undefined) return giveUp(context, work, 'part 1 is missing');
  const { spec: archived, state } = first.part.job;
  for (const folder of work.parents) await createFolder(context, folder);
  const isThere = work.parentId === ROOT_ID || (await isFolder(context, work.parentId));
  const spec = { ...archived, id: work.jobId, parentId: isThere ? work.parentId : ROOT_ID };
  if (spec.type === 'job') await context.matchClasses.ensure(matchClassOf(spec));
  let tree: number | undefined;
  if (spec.dependIds.length > 0) {
    tree = await context.jobs.treeVersion();
    const cycle = findCycle(await dependencyGraph(context, spec.dependIds), spec.id, spec.dependIds);
    if (cycle !== undefined) {
      return giveUp(context, work, `jobs would wait for each other: ${cycle.join(' waits for ')}`);
    }
    // Edges first, then the parents, then the state: an end of a parent in between is seen by one of the two.
    await context.jobs.addDependants(spec.dependIds, spec.id, followsChunks(spec));
  }
  // What hooks were asked before is kept by generation, and says more than the chunks that come back.
  await context.chunkGates.forget(work.jobId);
  const restored = await stateOf(context, work, spec, state);
  const isMade = await context.jobs.createWhole(spec, restored, tree, context.backups.ending(work));
  // If the tree has moved, the next step looks again.
  return isMade ? undefined : present(context, work);
}

async function stateOf(
  context: Context,
  { jobId, generation, counts }: RestoreWork,
  spec: JobSpec,
  archived: JobState,
): Promise<JobState> {
  // What was told of the job after it was backed up must not be told of its new life under the same key.
  const buried = await context.jobs.findTombstone(jobId, { consistent: true });
  const version = Math.max(archived.version, buried?.version ?? 0) + 1;
  const change = { id: jobId, generation, counts, version, ...derivedState(spec) };
  const hasBegun = jobStatuses[archived.status].ended || ['in-progress', 'folder'].includes(archived.status);
  if (hasBegun) return restoredState(archived, change);
  const event = await findStanding(context, spec, await isGated(context, spec));
  const { to, reason } = getTransition(jobTransitions, 'job', jobId, 'queued', event);
  return restoredState(archived, { ...change, status: to, statusReason: reason });
}

async function undo(context: Context, work: RestoreWork): Promise<RestoreWork | undefined> {
  if (!(await context.chunks.sweep(work.jobId, work.generation, SWEPT_PER_STEP))) return work;
  await context.backups.end(work);
  return undefined;
}

const countsOf = ({
  read: { chunkCount, attemptCount },
}: {
  readonly read: Pick<RestoreProgress, 'chunkCount' | 'attemptCount'>;
}): Pick<RestoreProgress, 'chunkCount' | 'attemptCount'> => ({ chunkCount, attemptCount });

const underWay = ({ entryId, phase }: RestoreWork): DispatcherError =>
  busy(
    'backup',
    entryId,
    phase === 'undo' ? 'a restore that failed is being taken back' : 'another restore of the job',
  );

async function findWork(context: Context, jobId: number): Promise<RestoreWork | undefined> {
  const work = await context.backups.findWork(workId.restore(jobId));
  return work?.kind === 'restore' ? work : undefined;
}
