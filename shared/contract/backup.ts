/** The backup group: the archive of whole jobs. */
import * as z from 'zod/mini';
import {
  backupJobSchema,
  FORMER_PARENT,
  newParentSchema,
  overwriteModeSchema,
  restoreActionsSchema,
} from '../model/backupJob.ts';
import { described } from '../model/described.ts';
import { jobIdSchema, nameSchema, templateIdSchema } from '../model/ids.ts';
import { onDemand } from '../model/onDemand.ts';
import { timeSchema } from '../model/time.ts';
import { defineRead, defineWrite, pageInput } from './operation.ts';

const group = 'backup';
const callers = ['user'] as const;

const backedUp = onDemand(() =>
  z.strictObject({
    id: described(jobIdSchema(), 'Id of the entry in the archive.'),
    result: described(
      z.enum(['ready', 'started']),
      '`started`: it goes on by itself; the same request, with its token, carries it on at once and tells when it is ready.',
    ),
    jobChunkCount: described(
      z.nullable(z.int()),
      'Chunks of the job that is backed up; null until it is ready.',
    ),
    chunkCount: described(
      z.int(),
      'Chunks that the archive has a record of so far: those that somebody has touched. The others are as the job says.',
    ),
    attemptCount: described(z.int(), 'Attempts of the history in the archive so far.'),
  }),
);
const jobAndMode = () => ({ id: jobIdSchema(), overwriteMode: z._default(overwriteModeSchema(), 'keep') });
const howItGoes =
  'Jobs of some ten thousand chunks are ready with the answer; longer ones go on by themselves, and no entry is seen before it is whole and was read again. The same request, sent again, carries on what is under way.';
const whatIsRefused =
  'Refuses a job that is being rendered or could be: pause it, or wait for its end. An entry that is there and has to stay is refused too, unless it is of the job as it is now.';

export const backupJob = defineWrite({
  group,
  name: 'backupJob',
  callers,
  creates: true,
  input: jobAndMode,
  output: backedUp,
  errors: ['not-found', 'conflict', 'transition-refused', 'already-exists', 'archive-busy'],
  text: `Backs up a job, with all chunks and its history, or a folder by itself, into the archive. ${howItGoes} ${whatIsRefused} It is for the owner of the job and for who has the right manage-archive. The queue does not change, so Consoles hear nothing.`,
});

export const backupJobAndDelete = defineWrite({
  group,
  name: 'backupJobAndDelete',
  callers,
  creates: true,
  input: jobAndMode,
  output: backedUp,
  errors: ['not-found', 'conflict', 'transition-refused', 'already-exists', 'archive-busy'],
  text: `Backs up a job, or an empty folder, into the archive and then deletes it from the queue, if nobody has changed it meanwhile. ${howItGoes} ${whatIsRefused} It is for the owner of the job and for who has the right manage-archive. Consoles hear \`jobs/removed\`.`,
});

export const backupRestoreJob = defineWrite({
  group,
  name: 'backupRestoreJob',
  callers,
  creates: true,
  input: () => ({
    id: described(jobIdSchema(), 'Id of the entry in the archive.'),
    actionMode: z._default(restoreActionsSchema(), []),
    newParentId: z._default(newParentSchema(), FORMER_PARENT),
  }),
  output: () =>
    z.strictObject({
      id: described(jobIdSchema(), 'Id of the job in the queue.'),
      result: described(
        z.enum(['ready', 'started']),
        '`started`: it goes on by itself; the same request, with its token, carries it on at once and tells when it is ready.',
      ),
      chunkCount: described(z.int(), 'Chunks put back so far.'),
      attemptCount: described(z.int(), 'Attempts of the history put back so far.'),
    }),
  errors: ['not-found', 'conflict', 'transition-refused', 'already-exists', 'archive-busy', 'backup-damaged'],
  text: 'Restores a job of the archive into the queue, as it was when it was backed up; it is in the queue once all of it is. A job that was deleted comes back under its own id; while it is in the queue, `duplicate-entry` makes another one with an id of its own, and without it the restore is refused. It is for the owner of the job and for who has the right manage-archive. The entry stays in the archive. Consoles hear `jobs/added`.',
});

export const backupGetBoundaries = defineRead({
  group,
  name: 'backupGetBoundaries',
  callers,
  ofQueue: false,
  input: () => ({}),
  output: () =>
    z.strictObject({
      jobsCount: described(z.int(), 'Entries in the archive.'),
      firstAt: described(z.nullable(timeSchema()), 'When the oldest of them was backed up.'),
      lastAt: described(z.nullable(timeSchema()), 'When the newest of them was backed up.'),
    }),
  text: 'Tells how many jobs the archive has, and from when to when they were backed up.',
});

export const backupQuery = defineRead({
  group,
  name: 'backupQuery',
  callers,
  ofQueue: false,
  input: () => ({
    ...pageInput(),
    from: described(z.optional(timeSchema()), 'Only what was backed up at this time or later.'),
    to: described(z.optional(timeSchema()), 'Only what was backed up at this time or earlier.'),
    name: described(
      z.optional(z.string().check(z.maxLength(255))),
      'Only jobs whose name contains this, in upper or lower case.',
    ),
    owner: described(z.optional(nameSchema()), 'Only jobs of this owner.'),
    project: described(z.optional(z.string().check(z.maxLength(255))), 'Only jobs of this project.'),
    templateId: described(
      z.optional(z.pipe(z.coerce.number(), templateIdSchema())),
      'Only jobs of this template.',
    ),
  }),
  output: () => z.strictObject({ jobs: z.array(backupJobSchema()), nextPageToken: z.nullable(z.string()) }),
  text: 'Retrieves jobs of the archive page by page, those that were backed up last first. A page may hold fewer entries than asked for when a filter is given; the list ends where `nextPageToken` is null.',
});
