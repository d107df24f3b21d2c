/** The jobs group: the queue and its tree of folders. */
import * as z from 'zod/mini';
import { described } from '../model/described.ts';
import { jobIdSchema, nameSchema, nodeIdSchema, parentIdSchema } from '../model/ids.ts';
import { jobChangesSchema, jobSchema, jobStatusNames, submittedJobSchema } from '../model/job.ts';
import { onDemand } from '../model/onDemand.ts';
import { defineRead, defineWrite, nothing, pageInput } from './operation.ts';

const group = 'jobs';
const callers = ['user'] as const;
const idFromQuery = onDemand(() => z.pipe(z.coerce.number(), jobIdSchema()));

export const jobGetList = defineRead({
  group,
  name: 'jobGetList',
  callers,
  input: () => ({
    ...pageInput(),
    status: described(z.optional(z.enum(jobStatusNames)), 'Only jobs with this status.'),
    parentId: described(
      z.optional(z.pipe(z.coerce.number(), parentIdSchema())),
      'Only what is directly inside this folder; -1 is the root.',
    ),
    owner: described(z.optional(nameSchema()), 'Only jobs of this owner.'),
    project: described(z.optional(z.string().check(z.maxLength(255))), 'Only jobs of this project.'),
    order: described(
      z._default(z.enum(['oldest-first', 'newest-first']), 'oldest-first'),
      'Order by id, which is the order of submission.',
    ),
  }),
  output: () => z.strictObject({ jobs: z.array(jobSchema()), nextPageToken: z.nullable(z.string()) }),
  text: 'Retrieves the queue, jobs and folders, page by page in the order of submission. A page may hold fewer entries than asked for when a filter is given; the queue ends where `nextPageToken` is null. Counts may lag by a second.',
});

export const jobGet = defineRead({
  group,
  name: 'jobGet',
  callers,
  input: () => ({ id: idFromQuery() }),
  output: () => z.strictObject({ job: jobSchema() }),
  errors: ['not-found'],
  text: 'Retrieves a job or folder from the queue, as it is at this moment.',
});

export const jobSubmit = defineWrite({
  group,
  name: 'jobSubmit',
  callers,
  creates: true,
  input: () => ({
    job: submittedJobSchema(),
    owner: described(
      z.optional(nameSchema()),
      'Owner of the job; the caller, if left out. Another owner needs the right.',
    ),
  }),
  output: () => z.strictObject({ id: jobIdSchema(), chunkCount: z.int() }),
  errors: ['not-found', 'hook-refused', 'hook-failed', 'hook-recursion'],
  text: 'Submits a new job into the queue. Hooks of its template may refuse it and name another owner. Refuses a parent that is not a folder, parents of dependencies that do not exist, an unknown template and attributes that the template does not take. Costs the same for one chunk as for ten million. A broadcast is answered with the id of the folder of its jobs. Consoles hear `jobs/added`.',
});

export const jobEdit = defineWrite({
  group,
  name: 'jobEdit',
  callers,
  input: () => ({
    id: jobIdSchema(),
    changes: described(jobChangesSchema(), 'Fields to change; what is left out stays.'),
  }),
  output: () => z.strictObject({ job: jobSchema() }),
  errors: ['not-found', 'conflict', 'transition-refused'],
  text: 'Edits a job of the queue; pauses and resumes it. Frames, packets and chunk order of a job of which chunks were handed out are refused: reinitialise it first. Nodes that work on the job finish their chunks. Consoles hear `jobs/changed`.',
});

export const jobAddFolder = defineWrite({
  group,
  name: 'jobAddFolder',
  callers,
  creates: true,
  input: () => ({
    parentId: parentIdSchema(),
    name: z
      .string()
      .check(
        z.minLength(1),
        z.maxLength(255),
        z.regex(/^[^\p{Cc}]+$/u, 'must not contain control characters'),
      ),
    owner: z.optional(nameSchema()),
  }),
  output: () => z.strictObject({ id: jobIdSchema() }),
  errors: ['not-found'],
  text: 'Creates a folder in the queue. Refuses a parent that is not a folder. Consoles hear `jobs/added`.',
});

export const jobReparent = defineWrite({
  group,
  name: 'jobReparent',
  callers,
  input: () => ({ id: jobIdSchema(), newParentId: parentIdSchema() }),
  output: nothing,
  errors: ['not-found', 'conflict'],
  text: 'Moves a job or folder into another folder, or to the root. Refuses a parent that is not a folder and a folder inside itself. Consoles hear `jobs/changed`.',
});

export const jobReinit = defineWrite({
  group,
  name: 'jobReinit',
  callers,
  reserves: true,
  input: () => ({ id: jobIdSchema() }),
  output: nothing,
  errors: ['not-found', 'conflict', 'transition-refused'],
  text: 'Starts every chunk of a job again, as a new generation. Nodes that work on the old one are stopped; what they still report goes to history only. Refuses folders and jobs that are being deleted. Consoles hear `jobs/changed`.',
});

export const jobDelete = defineWrite({
  group,
  name: 'jobDelete',
  callers,
  reserves: true,
  input: () => ({ id: jobIdSchema() }),
  output: nothing,
  errors: ['not-found', 'conflict', 'transition-refused'],
  text: 'Deletes a job, or an empty folder, from the queue. Nodes that work on it are stopped. Id and name stay known in history. Refuses a folder that is not empty. Consoles hear `jobs/removed`.',
});

export const jobUpdateStatus = defineWrite({
  group,
  name: 'jobUpdateStatus',
  callers,
  input: () => ({ id: jobIdSchema() }),
  output: () =>
    z.strictObject({
      result: described(
        z.enum(['done', 'started']),
        '`started`: above 20,000 chunks the count goes on by itself.',
      ),
    }),
  errors: ['not-found', 'conflict', 'transition-refused'],
  text: "Recalculates a job's counts and status from its chunks. Consoles hear `jobs/changed` if anything differed.",
});

export const jobUpdate = defineWrite({
  group,
  name: 'jobUpdate',
  callers,
  input: () => ({ id: jobIdSchema() }),
  output: nothing,
  errors: ['not-found'],
  text: 'Sends a job to all Consoles again. Changes are always on disk already; Consoles hear `jobs/changed`.',
});

export const jobExplain = defineRead({
  group,
  name: 'jobExplain',
  callers,
  input: () => ({ id: idFromQuery(), ...pageInput() }),
  output: () =>
    z.strictObject({
      runs: described(z.boolean(), 'Whether chunks of it are handed out or could be at this moment.'),
      job: described(z.array(z.string()), 'Rules that keep the job from every node; empty if none does.'),
      nodes: described(
        z.array(
          z.strictObject({
            nodeId: nodeIdSchema(),
            name: z.string(),
            rule: described(
              z.nullable(z.string()),
              'First rule that keeps the job from this node; null if none does.',
            ),
          }),
        ),
        'Per node, offline ones included, page by page.',
      ),
      nextPageToken: z.nullable(z.string()),
    }),
  errors: ['not-found'],
  text: 'Explains why a job is not running: the rules that keep it from every node, and per node the first rule that keeps it from that node.',
});
