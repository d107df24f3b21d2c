/** How entries of the archive and jobs of the queue come together: what overwrite and restore modes decide. */
import { DispatcherError } from '../errors.ts';
import {
  type BackupEntry,
  type BackupOverwriteMode,
  type BackupRestoreAction,
  FORMER_PARENT,
  type Snapshot,
} from '../model/backupJob.ts';
import type { JobSpec, JobState } from '../model/job.ts';
import { isStartable } from './jobStatus.ts';

/**
 * Throws `transition-refused` for a job that a node works on or could be given: it would change under the copy.
 * Chunks that nobody has touched need no copy, so a job that has not begun can be backed up too.
 */
export function assertStill({ id, status, slots, paused }: JobState): void {
  const isQuiet = slots <= 0 && !isStartable({ status, paused });
  if (isQuiet) return;
  throw new DispatcherError('transition-refused', {
    what: 'job',
    id,
    from: status,
    event: 'backup',
    rule: paused
      ? `${slots} of its chunks are still being rendered; wait for them`
      : 'pause it first, or wait for its end',
  });
}

export const snapshotOf = (spec: JobSpec, state: JobState): Snapshot => ({
  specVersion: spec.specVersion,
  stateVersion: state.version,
  generation: state.generation,
});

/** Whether a job is still as it was. */
export const isUnchanged = (snapshot: Snapshot, spec: JobSpec, state: JobState): boolean =>
  JSON.stringify(snapshotOf(spec, state)) === JSON.stringify(snapshot);

/**
 * Which entry a backup becomes: the one that is there because nothing has changed since, the job's own, or another.
 * Throws `already-exists` where the one that is there must stay.
 */
export function decideEntry(
  mode: BackupOverwriteMode,
  present: BackupEntry | undefined,
  spec: JobSpec,
  state: JobState,
): 'present' | 'own' | 'another' {
  if (present === undefined) return 'own';
  if (mode === 'add') return 'another';
  if (isUnchanged(present.snapshot, spec, state)) return 'present';
  if (mode === 'overwrite') return 'own';
  throw new DispatcherError('already-exists', { what: 'backup', id: present.id });
}

/**
 * What stands under the id of a job or folder that was backed up: itself or its like, one that goes, nothing any more, or
 * nothing ever, because the archive comes from another farm.
 */
export type Standing = 'there' | 'going' | 'gone' | 'unknown';

/** A function that was sweeping when the job was buried ends within its time limit; what came back sooner it would sweep too. */
const SETTLED_MS = 120_000;

export function standingOf(
  state: Pick<JobState, 'status'> | undefined,
  hasSpec: boolean,
  buriedMs: number | undefined,
  nowMs: number,
): Standing {
  if (state !== undefined) return state.status === 'deleting' ? 'going' : 'there';
  if (hasSpec) return 'going';
  if (buriedMs === undefined) return 'unknown';
  return nowMs - buriedMs < SETTLED_MS ? 'going' : 'gone';
}

/**
 * Whether a job comes back under its own id. Ids are never used for other content; where the old one is free it means
 * this very job, and whoever waits for it, its logs and its history find it again.
 */
export function decideId(
  actions: readonly BackupRestoreAction[],
  jobId: number,
  standing: Standing,
): 'own' | 'new' {
  if (standing === 'gone') return 'own';
  if (standing === 'unknown' || actions.includes('duplicate-entry')) return 'new';
  if (standing === 'there') throw new DispatcherError('already-exists', { what: 'job', id: jobId });
  throw beingDeleted('job', jobId);
}

export const beingDeleted = (what: 'job' | 'folder', id: number): DispatcherError =>
  new DispatcherError('transition-refused', {
    what,
    id,
    from: 'deleting',
    event: 'restore',
    rule: 'try again in some minutes, when it is gone',
  });

/** Where a job goes: into the folders that it was in, into one of them that is there, or where the caller says. */
export function decideParent(
  newParentId: number,
  actions: readonly BackupRestoreAction[],
): 'path' | 'former' | 'given' {
  if (newParentId !== FORMER_PARENT) return 'given';
  return actions.includes('restore-parents') ? 'path' : 'former';
}

/** The restored state: as it was, but that nobody works on it. What has not begun stands where its parents and the time put it. */
export function restoredState(
  archived: JobState,
  change: Pick<JobState, 'id' | 'generation' | 'counts' | 'version'> &
    Partial<Pick<JobState, 'status' | 'statusReason' | 'matchClass' | 'readyKey'>>,
): JobState {
  return {
    ...archived,
    ...change,
    slots: 0,
    isIndexed: false,
    sweptGeneration: change.generation - 1,
    suspectSince: null,
    suspectVersion: null,
  };
}
