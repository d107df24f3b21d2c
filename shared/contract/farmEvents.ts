/**
 * What is put on the bus in AWS, for whoever wants to react without a template: the events by their detail type, and what
 * each carries. A field may be added; none is taken away or changes its meaning.
 */
import * as z from 'zod/mini';
import { boundedInt } from '../model/bounded.ts';
import { described } from '../model/described.ts';
import { jobIdSchema, nodeIdSchema, templateIdSchema } from '../model/ids.ts';
import { chunkCountsSchema, jobStatusNames } from '../model/job.ts';
import { nodeStatusNames } from '../model/node.ts';
import { onDemand } from '../model/onDemand.ts';
import { timeSchema } from '../model/time.ts';

/** `source` of every event. */
export const EVENT_SOURCE = 'rollcall';

const key = () =>
  described(
    z.string(),
    'The same each time that this event is put: what it must cause once, is caused once under this key.',
  );

export const jobEventDetailSchema = onDemand(() =>
  z.strictObject({
    key: key(),
    jobId: jobIdSchema(),
    generation: described(boundedInt(1), 'Grows when the job begins anew.'),
    version: described(
      boundedInt(1),
      'Grows with each change of the job: the later of two events has the higher one.',
    ),
    name: z.string(),
    owner: z.string(),
    project: z.string(),
    templateId: templateIdSchema(),
    status: z.enum(jobStatusNames),
    previousStatus: z.enum(jobStatusNames),
    submittedAt: timeSchema(),
    startedAt: z.nullable(timeSchema()),
    endedAt: z.nullable(timeSchema()),
    total: described(boundedInt(0), 'Number of chunks.'),
    counts: described(chunkCountsSchema(), 'Chunks by status; exact at the end of a job.'),
  }),
);

export const nodeEventDetailSchema = onDemand(() =>
  z.strictObject({
    key: key(),
    nodeId: nodeIdSchema(),
    name: z.string(),
    status: z.enum(nodeStatusNames),
    previousStatus: z.enum(nodeStatusNames),
    lastSeenAt: z.nullable(timeSchema()),
    silentSince: described(timeSchema(), 'When it should have been heard of at the latest.'),
    jobId: described(
      z.nullable(jobIdSchema()),
      'Job of the chunk that it held, which goes back; null if none.',
    ),
    chunkId: z.nullable(boundedInt(1)),
  }),
);

/** Every event by its detail type, and when it is put. */
export const farmEvents = {
  'Job Started': { detail: jobEventDetailSchema, text: 'A node has taken the first chunk.' },
  'Job Ended': { detail: jobEventDetailSchema, text: 'The last chunk has ended, whether good or bad.' },
  'Job Completed': { detail: jobEventDetailSchema, text: 'The same, if no chunk failed.' },
  'Job Failed': { detail: jobEventDetailSchema, text: 'The same, if one did.' },
  'Node Lost': {
    detail: nodeEventDetailSchema,
    text: 'A node was silent beyond its lease, or did not accept a chunk in time; not one that left.',
  },
} as const;
export type JobEventType = Exclude<keyof typeof farmEvents, 'Node Lost'>;

/** One event as it is put. */
export const farmEventSchema = onDemand(() =>
  z.discriminatedUnion('type', [
    z.strictObject({
      type: z.enum(['Job Started', 'Job Ended', 'Job Completed', 'Job Failed'] satisfies JobEventType[]),
      detail: jobEventDetailSchema(),
    }),
    z.strictObject({ type: z.literal('Node Lost'), detail: nodeEventDetailSchema() }),
  ]),
);
export type FarmEvent = z.infer<ReturnType<typeof farmEventSchema>>;
