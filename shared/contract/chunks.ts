/** The chunks group. */
import { z } from 'zod';
import { chunkSchema, chunkStatusSchema } from '../model/chunk.ts';
import { historyChunkSchema } from '../model/history.ts';
import { chunkIdSchema, jobIdSchema, nodeIdSchema } from '../model/ids.ts';
import { defineRead, defineWrite, nothing, pageInput } from './operation.ts';

const group = 'chunks';
const callers = ['user'] as const;
const jobFromQuery = z.coerce.number().pipe(jobIdSchema);
const chunkFromQuery = z.coerce.number().pipe(chunkIdSchema);

export const chunkGetList = defineRead({
  group,
  name: 'chunkGetList',
  callers,
  input: {
    ...pageInput,
    jobId: jobFromQuery,
    status: chunkStatusSchema.optional().describe('Only chunks with this status.'),
    from: chunkFromQuery.optional().describe('From this chunk on.'),
  },
  output: z.strictObject({ chunks: z.array(chunkSchema), nextPageToken: z.string().nullable() }),
  errors: ['not-found'],
  text: 'Retrieves the chunks of a job page by page, in the order in which they are handed out; those that no node has had yet too, and with the progress of those that run. A page may hold fewer entries than asked for when a status is given.',
});

export const chunkGet = defineRead({
  group,
  name: 'chunkGet',
  callers,
  input: { jobId: jobFromQuery, chunkId: chunkFromQuery },
  output: z.strictObject({ chunk: chunkSchema }),
  errors: ['not-found'],
  text: 'Retrieves one chunk of a job as it is at this moment, with the progress of its node.',
});

export const chunkSetStatus = defineWrite({
  group,
  name: 'chunkSetStatus',
  callers,
  reserves: true,
  input: {
    jobId: jobIdSchema,
    chunkId: chunkIdSchema,
    status: z.enum(['queued', 'completed', 'failed']).describe('`queued` renders it again.'),
  },
  output: nothing,
  errors: ['not-found', 'conflict'],
  text: 'Changes the status of a chunk by hand. `queued` renders it again and reopens a job that has ended; a node that is rendering it is stopped. Refuses chunks of folders and of jobs that are being deleted. Consoles hear `chunks/changed`.',
});

export const chunkGetHistory = defineRead({
  group,
  name: 'chunkGetHistory',
  callers,
  input: {
    ...pageInput,
    jobId: jobFromQuery,
    chunkId: chunkFromQuery.optional().describe('One chunk; without it all chunks of the job.'),
  },
  output: z.strictObject({ attempts: z.array(historyChunkSchema), nextPageToken: z.string().nullable() }),
  errors: ['not-found'],
  text: 'Retrieves the ended attempts at one chunk, or at all chunks of a job, page by page. Attempts of earlier generations come first; those of deleted jobs are kept too.',
});

export const chunkGetLog = defineRead({
  group,
  name: 'chunkGetLog',
  callers,
  input: {
    jobId: jobFromQuery,
    chunkId: chunkFromQuery,
    attempt: z.coerce
      .number()
      .int()
      .min(1)
      .optional()
      .describe('The attempt; without it the last one that began.'),
  },
  output: z.strictObject({
    attempt: z.int(),
    url: z.string().describe('Link to the text, good for five minutes.'),
  }),
  errors: ['not-found'],
  text: 'Gives a link to the output of the render process of one attempt. There is none before the attempt has ended.',
});

export const chunkGetLiveLog = defineRead({
  group,
  name: 'chunkGetLiveLog',
  callers,
  input: {
    jobId: jobFromQuery,
    chunkId: chunkFromQuery,
    attempt: z.coerce.number().int().min(1).optional().describe('The present one if not given.'),
    after: z
      // Nothing is no number, and would become 0.
      .preprocess((text) => (text === '' ? undefined : text), z.coerce.number().int().min(0))
      .default(0)
      .describe('Characters that the caller has already, 0 if not given.'),
  },
  output: z.strictObject({
    attempt: z.int().min(1),
    nodeId: nodeIdSchema.nullable(),
    isRunning: z.boolean().describe('Whether this attempt still runs: more may come.'),
    isLive: z.boolean().describe('Whether the real-time log of its node is on.'),
    from: z.int().min(0).describe('Characters before this text; more than `after` if some were never sent.'),
    text: z.string().describe('What came since, at most 256 KB.'),
    next: z.int().min(0).describe('`after` of the next call.'),
  }),
  errors: ['not-found'],
  text: 'Retrieves what the process of a chunk has written while the real-time log of its node was on. Kept for an hour; the whole output is there when the attempt has ended, by chunkGetLog.',
});
