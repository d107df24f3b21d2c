/**
 * Puts a job into the archive: writes it in parts, reads them again, and only then makes the entry visible, in one write.
 * Whoever asks again while this is under way carries it on; so does the tick. A job that changes meanwhile is not backed
 * up, and one is deleted only as what was backed up.
 */
import { assertStill, decideEntry, isUnchanged, snapshotOf } from '../domain/backupMerge.ts';
import { DispatcherError } from '../errors.ts';
import type { BackupEntry, BackupOverwriteMode, BackupWork } from '../model/backupJob.ts';
import { timeAfter } from '../model/clock.ts';
import { ROOT_ID } from '../model/ids.ts';
import type { ChunkCounts, JobSpec, JobState } from '../model/job.ts';
import type { Context } from '../runtime/context.ts';
import { readPart, writePart } from './archiveBody.ts';
import {
  busy,
  checkPart,
  discardOf,
  moveOn,
  nothingChecked,
  present,
  TRIES,
  takeSteps,
  workId,
} from './archiveWork.ts';
import { deletedState } from './deleteJob.ts';
import type { Once } from './once.ts';

export interface BackupRequest {
  readonly jobId: number;
  readonly mode: BackupOverwriteMode;
  readonly thenDelete: boolean;
  readonly by: string;
}

export interface BackupProgress {
  /** Of the entry. */
  readonly id: number;
  readonly result: 'ready' | 'started';
  /** Of the job; null until the entry is there. */
  readonly jobChunkCount: number | null;
  /** In the archive so far. */
  readonly chunkCount: number;
  readonly attemptCount: number;
}

type MayArchive = (owner: string) => void;

/** Backs a job up, or carries on with that; answers when it is done or so many steps were. */
export async function backupJob(
  context: Context,
  request: BackupRequest,
  mayArchive: MayArchive,
  once: Once,
): Promise<BackupProgress> {
  const { value: reserved } = await once.reserve(() => reserve(context, request, mayArchive));
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    const work = await findWork(context, request.jobId);
    if (work === undefined) {
      const entry = await context.backups.find(reserved.entryId);
      const isThere = entry?.run === reserved.run;
      if (isThere && (!request.thenDelete || (await isGone(context, request.jobId)))) {
        return { id: entry.id, result: 'ready', jobChunkCount: entry.chunkCount, ...countsOf(entry) };
      }
      await begin(context, request, reserved, isThere ? entry : undefined, mayArchive);
      continue;
    }
    if (work.run !== reserved.run) throw underWay(work);
    const left = await takeSteps(context, work, backupStep);
    if (left !== undefined)
      return { id: left.entryId, result: 'started', jobChunkCount: null, ...countsOf(left) };
  }
  throw new DispatcherError('conflict', { what: 'job', id: request.jobId });
}

/** Decides what becomes of a request: it joins the run that is under way, or gets one of its own. */
async function reserve(
  context: Context,
  request: BackupRequest,
  mayArchive: MayArchive,
): Promise<{ readonly run: string; readonly entryId: number }> {
  const running = await findWork(context, request.jobId);
  if (running !== undefined) {
    mayArchive(running.owner);
    const isSame = running.mode === request.mode && running.thenDelete === request.thenDelete;
    if (!isSame) throw underWay(running);
    return { run: running.run, entryId: running.entryId };
  }
  const { spec, state } = await examine(context, request, mayArchive);
  const entry = await context.backups.find(request.jobId);
  const decided = decideEntry(request.mode, entry, spec, state);
  if (decided === 'present' && entry !== undefined) return { run: entry.run, entryId: entry.id };
  return {
    run: context.newToken(),
    entryId: decided === 'another' ? await context.ids.next('job') : request.jobId,
  };
}

async function examine(
  context: Context,
  { jobId, thenDelete }: BackupRequest,
  mayArchive: MayArchive,
): Promise<{ readonly spec: JobSpec; readonly state: JobState }> {
  const { spec, state } = await context.jobs.get(jobId);
  mayArchive(spec.owner);
  assertStill(state);
  // Between the two writes of an edit the chunks are not those of the job.
  if (spec.framesVersion !== state.framesVersion) throw busy('job', jobId, 'an edit');
  if (thenDelete) await deletedState(context, spec, state);
  return { spec, state };
}

/** Begins a run, unless another one has begun meanwhile. What is in the archive as it is only has to be deleted. */
async function begin(
  context: Context,
  request: BackupRequest,
  { run, entryId }: { readonly run: string; readonly entryId: number },
  entry: BackupEntry | undefined,
  mayArchive: MayArchive,
): Promise<void> {
  const { spec, state } = await examine(context, request, mayArchive);
  const { jobId, mode, thenDelete, by } = request;
  await context.backups.begin({
    kind: 'backup',
    id: workId.backup(jobId),
    version: 1,
    run,
    jobId,
    owner: spec.owner,
    entryId,
    mode,
    thenDelete,
    by,
    phase: entry === undefined ? 'write' : 'delete',
    snapshot: entry?.snapshot ?? snapshotOf(spec, state),
    cursor: { at: 'chunks', shard: 0, from: 0 },
    counts: { queued: 0, completed: 0, warning: 0, failed: 0 },
    // Of this run alone: parts are written once, and those of a run that was given up may be another job's past.
    body: entry?.body ?? { folder: `${jobId}/${context.newToken()}`, byteCount: 0, ...nothingChecked },
    checked: nothingChecked,
  });
}

/**
 * One step of a run; undefined when it has ended. Throws `conflict`, and gives the run up, when the job is not what it was;
 * `transition-refused` when it cannot be deleted.
 */
export function backupStep(context: Context, work: BackupWork): Promise<BackupWork | undefined> {
  switch (work.phase) {
    case 'write':
      return write(context, work);
    case 'check':
      return check(context, work);
    case 'delete':
      return deleteBackedUp(context, work);
  }
}

async function write(context: Context, work: BackupWork): Promise<BackupWork | undefined> {
  const job = await findUnchanged(context, work);
  if (job === undefined) return giveUp(context, work);
  const { partCount, chunkCount, attemptCount, byteCount, digest, folder } = work.body;
  const { part, cursor } = await readPart(context, job, work.cursor, partCount === 0);
  const written = await writePart(context, folder, partCount, part, digest);
  return moveOn(context, work, {
    phase: cursor.at === 'end' ? 'check' : 'write',
    cursor,
    counts: part.chunks.reduce(counted, work.counts),
    body: {
      folder,
      partCount: partCount + 1,
      chunkCount: chunkCount + part.chunks.length,
      attemptCount: attemptCount + part.attempts.length,
      byteCount: byteCount + written.bytes,
      digest: written.digest,
    },
  });
}

const counted = (counts: ChunkCounts, { status }: { readonly status: string }): ChunkCounts => ({
  ...counts,
  [status]: counts[status as keyof ChunkCounts] + 1,
});

async function check(context: Context, work: BackupWork): Promise<BackupWork | undefined> {
  const found = await checkPart(context, work.body.folder, work.checked);
  if (found === undefined) return giveUp(context, work);
  const { checked } = found;
  if (checked.partCount < work.body.partCount) return moveOn(context, work, { checked });
  const isWhole =
    checked.digest === work.body.digest &&
    checked.chunkCount === work.body.chunkCount &&
    checked.attemptCount === work.body.attemptCount;
  if (!isWhole) return giveUp(context, work);
  return commit(context, work);
}

async function commit(context: Context, work: BackupWork): Promise<BackupWork | undefined> {
  const job = await findUnchanged(context, work);
  if (job === undefined) return giveUp(context, work);
  const { spec, state } = job;
  const entry = entryOf(work, spec, state, await foldersAbove(context, spec), timeAfter(context.clock));
  const replaced = await context.backups.find(entry.id);
  const next: BackupWork | undefined = work.thenDelete
    ? { ...work, phase: 'delete', version: work.version + 1 }
    : undefined;
  const discard =
    replaced === undefined ? undefined : discardOf(replaced.body.folder, replaced.body.partCount);
  const isCommitted = await context.backups.commit(work, entry, { replaced, discard, next });
  return isCommitted ? next : present(context, work);
}

async function deleteBackedUp(context: Context, work: BackupWork): Promise<BackupWork | undefined> {
  const [spec, state] = await Promise.all([
    context.jobs.findSpec(work.jobId, { consistent: true }),
    context.jobs.findState(work.jobId, { consistent: true }),
  ]);
  const isGoing = spec === undefined || state === undefined || state.status === 'deleting';
  if (!isGoing) {
    if (!isUnchanged(work.snapshot, spec, state)) {
      if (await context.backups.end(work)) throw changed(work.jobId);
      return present(context, work);
    }
    const next = await deletedState(context, spec, state).catch((refusal: unknown) => refusal);
    if (next instanceof Error) {
      // Something was put into the folder meanwhile: it stays, and so does its entry.
      await context.backups.end(work);
      throw next;
    }
    // An edit writes the job before its state: either it is in the archive too, or nothing is deleted.
    if (!(await context.jobs.replaceStateOf(spec, next as JobState, state.version))) return work;
  }
  return (await context.backups.end(work)) ? undefined : present(context, work);
}

/** The job, if it is still what is being backed up. */
async function findUnchanged(
  context: Context,
  work: BackupWork,
): Promise<{ readonly spec: JobSpec; readonly state: JobState } | undefined> {
  const [spec, state] = await Promise.all([
    context.jobs.findSpec(work.jobId, { consistent: true }),
    context.jobs.findState(work.jobId, { consistent: true }),
  ]);
  const isSame = spec !== undefined && state !== undefined && isUnchanged(work.snapshot, spec, state);
  // What a repair notes does not count as a change.
  return isSame ? { spec, state: { ...state, suspectSince: null, suspectVersion: null } } : undefined;
}

/** Ends a run without an entry, and its parts go; unless somebody has moved it on meanwhile. */
async function giveUp(context: Context, work: BackupWork): Promise<BackupWork | undefined> {
  // The part that was being written may be there too.
  const discard = discardOf(work.body.folder, work.body.partCount + 1);
  if (await context.backups.replaceWork(work, discard)) throw changed(work.jobId);
  return present(context, work);
}

const changed = (jobId: number): DispatcherError =>
  new DispatcherError('conflict', { what: 'job', id: jobId });

/** Folders that a job is in, from the root down. */
async function foldersAbove(context: Context, { parentId }: JobSpec): Promise<JobSpec[]> {
  const path: JobSpec[] = [];
  for (let id = parentId; id !== ROOT_ID; ) {
    const folder = await context.jobs.findSpec(id, { consistent: true });
    if (folder === undefined) break;
    path.unshift(folder);
    id = folder.parentId;
  }
  return path;
}

function entryOf(
  { entryId, run, snapshot, counts, body, by }: BackupWork,
  { id: jobId, type, name, owner, project, templateId, parentId, submittedAt }: JobSpec,
  { status, total, endedAt }: JobState,
  path: readonly JobSpec[],
  backedUpAt: string,
): BackupEntry {
  return {
    id: entryId,
    jobId,
    type,
    name,
    owner,
    project,
    templateId,
    parentId,
    status,
    chunkCount: total,
    submittedAt,
    endedAt,
    backedUpAt,
    backedUpBy: by,
    run,
    snapshot,
    counts,
    path,
    body,
  };
}

const countsOf = ({
  body: { chunkCount, attemptCount },
}: Pick<BackupWork, 'body'>): Pick<BackupProgress, 'chunkCount' | 'attemptCount'> => ({
  chunkCount,
  attemptCount,
});

const underWay = ({ jobId, mode, thenDelete }: BackupWork): DispatcherError =>
  busy('job', jobId, `a backup with overwrite mode ${mode}${thenDelete ? ', to be deleted then' : ''}`);

async function findWork(context: Context, jobId: number): Promise<BackupWork | undefined> {
  const work = await context.backups.findWork(workId.backup(jobId));
  return work?.kind === 'backup' ? work : undefined;
}

async function isGone(context: Context, jobId: number): Promise<boolean> {
  const state = await context.jobs.findState(jobId, { consistent: true });
  return state === undefined || state.status === 'deleting';
}
