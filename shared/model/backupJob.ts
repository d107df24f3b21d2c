/** A backed-up job: how the archive lists it, and the work of putting jobs in and taking them out. */
import * as z from 'zod/mini';
import { boundedInt } from './bounded.ts';
import { described } from './described.ts';
import { jobIdSchema, nameSchema, parentIdSchema, templateIdSchema } from './ids.ts';
import { type ChunkCounts, type JobSpec, jobStatusNames, jobTypes } from './job.ts';
import { onDemand } from './onDemand.ts';
import { timeSchema } from './time.ts';

/** What a backup does when the archive has an entry of the job. `legacy` is the number that clients of the reference send. */
export const backupOverwriteModes = {
  /** The entry that is there stays, and another backup is refused. */
  keep: { legacy: 0 },
  /** The new entry takes the place of the old one. */
  overwrite: { legacy: 1 },
  /** Both are kept: the new entry gets an id of its own. */
  add: { legacy: 2 },
} as const;
export type BackupOverwriteMode = keyof typeof backupOverwriteModes;
export const overwriteModeSchema = onDemand(() =>
  described(
    z.enum(Object.keys(backupOverwriteModes) as [BackupOverwriteMode, ...BackupOverwriteMode[]]),
    'What happens to an entry of the job that is in the archive already: it stays and the backup is refused, it is overwritten, or another one is added.',
  ),
);

/** What a restore may do besides; clients of the reference send the sum of the numbers. */
export const backupRestoreActions = {
  /** A job that is in the queue again, or still, is no hindrance: another one is made, with an id of its own. */
  'duplicate-entry': { legacy: 1 },
  /** Folders that the job was in and that are gone come back with it. */
  'restore-parents': { legacy: 2 },
} as const;
export type BackupRestoreAction = keyof typeof backupRestoreActions;
export const restoreActionsSchema = onDemand(() =>
  described(
    z
      .array(z.enum(Object.keys(backupRestoreActions) as [BackupRestoreAction, ...BackupRestoreAction[]]))
      .check(z.maxLength(2)),
    '`duplicate-entry` makes another job if this one is in the queue; `restore-parents` brings back the folders that it was in.',
  ),
);

/** Where a restored job goes if nobody says otherwise: to the folder that it was in. */
export const FORMER_PARENT = 0;
export const newParentSchema = onDemand(() =>
  described(
    z.union([z.literal(FORMER_PARENT), parentIdSchema()]),
    'Id of a folder, -1 for the root, 0 for the folder that the job was in: the root if that is gone.',
  ),
);

export const backupJobSchema = onDemand(() =>
  z
    .strictObject({
      id: described(
        jobIdSchema(),
        'Id of the entry: that of the job, or one of its own for an entry that was added to others.',
      ),
      jobId: described(jobIdSchema(), 'Id that the job had in the queue.'),
      type: z.enum(jobTypes),
      name: z.string(),
      owner: nameSchema(),
      project: z.string(),
      templateId: templateIdSchema(),
      parentId: parentIdSchema(),
      status: z.enum(jobStatusNames),
      chunkCount: boundedInt(0),
      attemptCount: described(boundedInt(0), 'Attempts of its history.'),
      byteCount: described(boundedInt(0), 'Size in the archive, compressed.'),
      submittedAt: timeSchema(),
      endedAt: z.nullable(timeSchema()),
      backedUpAt: timeSchema(),
      backedUpBy: nameSchema(),
    })
    .register(z.globalRegistry, { id: 'BackupJob' }),
);
export type BackupJob = z.infer<ReturnType<typeof backupJobSchema>>;

/** What a backup was made of; while these stay, the job has not changed. */
export interface Snapshot {
  readonly specVersion: number;
  readonly stateVersion: number;
  readonly generation: number;
}

/** Where a body is and what it must be. It is in parts, each of them written once. */
export interface ArchiveBody {
  readonly folder: string;
  readonly partCount: number;
  /** Chunks that were touched; the others are computed. */
  readonly chunkCount: number;
  readonly attemptCount: number;
  readonly byteCount: number;
  /** Of the parts in their order, before they were compressed. */
  readonly digest: string;
}

/** An entry as it is kept. */
export interface BackupEntry extends Omit<BackupJob, 'attemptCount' | 'byteCount'> {
  /** Names the run that made it, so that a repeated request knows its own. */
  readonly run: string;
  readonly snapshot: Snapshot;
  /** Counted from the chunks themselves. */
  readonly counts: ChunkCounts;
  /** Folders that it is in, from the root down. */
  readonly path: readonly JobSpec[];
  readonly body: ArchiveBody;
}

interface WorkBase {
  readonly id: string;
  readonly version: number;
}

/** Where the reading of a job goes on. */
export type BackupCursor =
  | { readonly at: 'chunks'; readonly shard: number; readonly from: number }
  | { readonly at: 'attempts'; readonly generation: number; readonly after: string | null }
  | { readonly at: 'end' };

/** How far a body was read again, and what was found in it. */
export type Checked = Pick<ArchiveBody, 'partCount' | 'digest' | 'chunkCount' | 'attemptCount'>;

/** A job on its way into the archive. */
export interface BackupWork extends WorkBase {
  readonly kind: 'backup';
  readonly run: string;
  readonly jobId: number;
  readonly owner: string;
  readonly entryId: number;
  readonly mode: BackupOverwriteMode;
  readonly thenDelete: boolean;
  readonly by: string;
  /** `write` reads the job into parts, `check` reads the parts again, `delete` comes after the entry is there. */
  readonly phase: 'write' | 'check' | 'delete';
  readonly snapshot: Snapshot;
  readonly cursor: BackupCursor;
  readonly counts: ChunkCounts;
  readonly body: ArchiveBody;
  readonly checked: Checked;
}

/** A job on its way back. Without its state it is invisible. */
export interface RestoreWork extends WorkBase {
  readonly kind: 'restore';
  readonly run: string;
  readonly entryId: number;
  readonly entryRun: string;
  /** The job that comes back, or the one that is made. */
  readonly jobId: number;
  /** Where it goes, below the folders that come back with it. */
  readonly parentId: number;
  /** Folders that come back with it, from the root down, under the ids that they get. */
  readonly parents: readonly JobSpec[];
  /** `write` puts chunks and history back, `finish` makes the job exist, `undo` takes back what was put. */
  readonly phase: 'write' | 'finish' | 'undo';
  readonly generation: number;
  /** Chunks of the job, touched or not. */
  readonly total: number;
  readonly counts: ChunkCounts;
  readonly read: Checked;
  readonly body: ArchiveBody;
}

/** A body that no entry has any more. */
export interface DiscardWork extends WorkBase {
  readonly kind: 'discard';
  readonly folder: string;
  /** Parts up to this one may be there. */
  readonly partCount: number;
}

/** An import of the queue is under way: it stands here because the tick looks here anyway. How far it is stands elsewhere. */
export interface ImportWork extends WorkBase {
  readonly kind: 'import';
  readonly run: string;
}

export type ArchiveWork = BackupWork | RestoreWork | DiscardWork | ImportWork;
