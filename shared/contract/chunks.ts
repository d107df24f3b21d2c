/** The chunks group. */
import * as z from 'zod/mini';
import { boundedInt } from '../model/bounded.ts';
import { chunkSchema, chunkStatusSchema } from '../model/chunk.ts';
import { described } from '../model/described.ts';
import { historyChunkSchema } from '../model/history.ts';
import { chunkIdSchema, jobIdSchema, nodeIdSchema } from '../model/ids.ts';
import { onDemand } from '../model/onDemand.ts';
import { defineRead, defineWrite, nothing, pageInput } from './operation.ts';

const group = 'chunks';
const callers = ['user'] as const;
const jobFromQuery = onDemand(() => z.pipe(z.coerce.number(), jobIdSchema()));
const chunkFromQuery = onDemand(() => z.pipe(z.coerce.number(), chunkIdSchema()));
const attemptFromQuery = onDemand(() => z.coerce.number().check(z.int(), z.minimum(1)));

export const chunkGetList = defineRead({
  group,
  name: 'chunkGetList',
  callers,
  input: () => ({
    ...pageInput(),
    jobId: jobFromQuery(),
    status: described(z.optional(chunkStatusSchema()), 'Only chunks with this status.'),
    from: described(z.optional(chunkFromQuery()), 'From this chunk on.'),
  }),
  output: () => z.strictObject({ chunks: z.array(chunkSchema()), nextPageToken: z.nullable(z.string()) }),
  errors: ['not-found'],
  text: 'Retrieves the chunks of a job page by page, in the order in which they are handed out; those that no node has had yet too, and with the progress of those that run. A page may hold fewer entries than asked for when a status is given.',
});

export const chunkGet = defineRead({
  group,
  name: 'chunkGet',
  callers,
  input: () => ({ jobId: jobFromQuery(), chunkId: chunkFromQuery() }),
  output: () => z.strictObject({ chunk: chunkSchema() }),
  errors: ['not-found'],
  text: 'Retrieves one chunk of a job as it is at this moment, with the progress of its node.',
});

export const chunkSetStatus = defineWrite({
  group,
  name: 'chunkSetStatus',
  callers,
  reserves: true,
  input: () => ({
    jobId: jobIdSchema(),
    chunkId: chunkIdSchema(),
    status: described(z.enum(['queued', 'completed', 'failed']), '`queued` renders it again.'),
  }),
  output: nothing,
  errors: ['not-found', 'conflict'],
  text: 'Changes the status of a chunk by hand. `queued` renders it again and reopens a job that has ended; a node that is rendering it is stopped. Refuses chunks of folders and of jobs that are being deleted. Consoles hear `chunks/changed`.',
});

export const chunkGetHistory = defineRead({
  group,
  name: 'chunkGetHistory',
  callers,
  input: () => ({
    ...pageInput(),
    jobId: jobFromQuery(),
    chunkId: described(z.optional(chunkFromQuery()), 'One chunk; without it all chunks of the job.'),
  }),
  output: () =>
    z.strictObject({ attempts: z.array(historyChunkSchema()), nextPageToken: z.nullable(z.string()) }),
  errors: ['not-found'],
  text: 'Retrieves the ended attempts at one chunk, or at all chunks of a job, page by page. Attempts of earlier generations come first; those of deleted jobs are kept too.',
});

const attemptInput = () => ({
  jobId: jobFromQuery(),
  chunkId: chunkFromQuery(),
  attempt: described(z.optional(attemptFromQuery()), 'The attempt; without it the last one that began.'),
});

export const chunkGetLog = defineRead({
  group,
  name: 'chunkGetLog',
  callers,
  input: attemptInput,
  output: () =>
    z.strictObject({
      attempt: z.int(),
      url: described(z.string(), 'Link to the text, good for five minutes.'),
    }),
  errors: ['not-found'],
  text: 'Gives a link to the output of the render process of one attempt. There is none before the attempt has ended.',
});

export const chunkGetThumbnail = defineRead({
  group,
  name: 'chunkGetThumbnail',
  callers,
  input: attemptInput,
  output: () =>
    z.strictObject({
      attempt: z.int(),
      url: described(z.string(), 'Link to the picture, a JPEG, good for five minutes.'),
    }),
  errors: ['not-found'],
  text: 'Gives a link to a small picture of the last frame that one attempt has rendered. There is none unless the job has `thumbnails`, the attempt went well and its node has FFmpeg; the log says what else kept it from being made.',
});

export const chunkGetLiveLog = defineRead({
  group,
  name: 'chunkGetLiveLog',
  callers,
  input: () => ({
    jobId: jobFromQuery(),
    chunkId: chunkFromQuery(),
    attempt: described(z.optional(attemptFromQuery()), 'The present one if not given.'),
    after: described(
      z._default(
        z.pipe(
          // Nothing is no number, and would become 0.
          z.transform((text: unknown) => (text === '' ? undefined : text)),
          z.coerce.number().check(z.int(), z.minimum(0)),
        ),
        0,
      ),
      'Characters that the caller has already, 0 if not given.',
    ),
  }),
  output: () =>
    z.strictObject({
      attempt: boundedInt(1),
      nodeId: z.nullable(nodeIdSchema()),
      isRunning: described(z.boolean(), 'Whether this attempt still runs: more may come.'),
      isLive: described(z.boolean(), 'Whether the real-time log of its node is on.'),
      from: described(
        boundedInt(0),
        'Characters before this text; more than `after` if some were never sent.',
      ),
      text: described(z.string(), 'What came since, at most 256 KB.'),
      next: described(boundedInt(0), '`after` of the next call.'),
    }),
  errors: ['not-found'],
  text: 'Retrieves what the process of a chunk has written while the real-time log of its node was on. Kept for an hour; the whole output is there when the attempt has ended, by chunkGetLog.',
});
