/** The nodes group, as far as it is built. */
import { z } from 'zod';
import { jobIdSchema, nameSchema, nodeIdSchema, templateIdSchema } from '../model/ids.ts';
import { nodeSchema, nodeStatusNames } from '../model/node.ts';
import { defineRead, defineWrite, nothing, pageInput } from './operation.ts';

const group = 'nodes';
const callers = ['user'] as const;
const input = { id: nodeIdSchema };
const jobInput = { id: jobIdSchema.describe('Id of the job whose nodes are meant.') };
const affected = z.strictObject({ nodeIds: z.array(nodeIdSchema).describe('Nodes that were told.') });

export const nodeGetList = defineRead({
  group,
  name: 'nodeGetList',
  callers,
  input: {
    ...pageInput,
    status: z.enum(nodeStatusNames as [string, ...string[]]).optional(),
    pool: nameSchema.optional().describe('Only nodes in this pool.'),
  },
  output: z.strictObject({ nodes: z.array(nodeSchema), nextPageToken: z.string().nullable() }),
  text: 'Retrieves the registered nodes page by page, by id. A page may hold fewer entries than asked for when a filter is given.',
});

export const nodeGet = defineRead({
  group,
  name: 'nodeGet',
  callers,
  input: { id: z.coerce.number().pipe(nodeIdSchema) },
  output: z.strictObject({ node: nodeSchema }),
  errors: ['not-found'],
  text: 'Retrieves a node from its id.',
});

export const nodeGetByName = defineRead({
  group,
  name: 'nodeGetByName',
  callers,
  input: { name: nameSchema },
  output: z.strictObject({ node: nodeSchema }),
  errors: ['not-found'],
  text: 'Retrieves a node from its name.',
});

export const nodePause = defineWrite({
  group,
  name: 'nodePause',
  callers,
  input: {
    ...input,
    kill: z.boolean().default(false).describe('Stops the chunk that it runs instead of finishing it.'),
  },
  output: nothing,
  errors: ['not-found', 'conflict'],
  text: 'Pauses a node: it finishes its chunk and takes no other. A node that is offline is paused when it comes back. Consoles hear `nodes/changed`.',
});

export const nodeResume = defineWrite({
  group,
  name: 'nodeResume',
  callers,
  input,
  output: nothing,
  errors: ['not-found', 'conflict'],
  text: 'Resumes a paused node. Consoles hear `nodes/changed`.',
});

const defineKill = (name: string, text: string) =>
  defineWrite({
    group,
    name,
    callers,
    reserves: true,
    input,
    output: nothing,
    errors: ['not-found', 'conflict', 'transition-refused'],
    text,
  });

export const nodeKillProcess = defineKill(
  'nodeKillProcess',
  "Kills the node's process. Its chunk goes back into the queue without penalty; the node takes its next chunk. Refuses a node that runs none. Consoles hear `nodes/changed`.",
);
export const nodeKillProcessAndPause = defineKill(
  'nodeKillProcessAndPause',
  'Pauses the node, then kills its process. Its chunk goes back into the queue without penalty. Refuses a node that runs none. Consoles hear `nodes/changed`.',
);
export const nodeKillProcessAndRestart = defineKill(
  'nodeKillProcessAndRestart',
  "Kills the node's process and starts the same chunk again on the same node, as a new attempt. Refuses a node that runs none. Consoles hear `nodes/changed`.",
);

const defineKillOnJob = (name: string, text: string) =>
  defineWrite({
    group,
    name,
    callers,
    reserves: true,
    input: jobInput,
    output: affected,
    errors: ['not-found', 'conflict'],
    text,
  });

export const nodeKillAndPauseNodesWorkingOnJob = defineKillOnJob(
  'nodeKillAndPauseNodesWorkingOnJob',
  'Pauses all nodes that work on a job and kills their processes. Their chunks go back into the queue without penalty. Consoles hear `nodes/changed`.',
);
export const nodeKillAndRedoNodesWorkingOnJob = defineKillOnJob(
  'nodeKillAndRedoNodesWorkingOnJob',
  'Kills the processes of all nodes that work on a job and starts each chunk again on its node, as a new attempt. Consoles hear `nodes/changed`.',
);
export const nodeKillAndGoOnNodesWorkingOnJob = defineKillOnJob(
  'nodeKillAndGoOnNodesWorkingOnJob',
  'Kills the processes of all nodes that work on a job. Their chunks go back into the queue without penalty and the nodes take their next chunks. Consoles hear `nodes/changed`.',
);

export const nodeSetNotes = defineWrite({
  group,
  name: 'nodeSetNotes',
  callers,
  input: { ...input, notes: z.string().max(4_096) },
  output: nothing,
  errors: ['not-found', 'conflict'],
  text: 'Sets the notes of a node. Consoles hear `nodes/changed`.',
});

export const nodePurgeTemplatesExclusion = defineWrite({
  group,
  name: 'nodePurgeTemplatesExclusion',
  callers,
  input: { ...input, templateId: templateIdSchema },
  output: nothing,
  errors: ['not-found', 'conflict'],
  text: 'Lets a node take chunks of a template again that it was excluded from after failures. Does nothing if it was not. Consoles hear `nodes/changed`.',
});

export const nodePurgeJobsExclusions = defineWrite({
  group,
  name: 'nodePurgeJobsExclusions',
  callers,
  input: { ...input, jobId: jobIdSchema },
  output: nothing,
  errors: ['not-found', 'conflict'],
  text: 'Lets a node take chunks of a job again that it was excluded from after failures. Does nothing if it was not. Consoles hear `nodes/changed`.',
});

export const nodeRemoveRegistration = defineWrite({
  group,
  name: 'nodeRemoveRegistration',
  callers,
  reserves: true,
  input,
  output: nothing,
  errors: ['not-found', 'conflict', 'transition-refused'],
  text: 'Removes the registration of a node that is offline; its name is free again. Refuses a node that is online: stop its agent first. Consoles hear `nodes/removed`.',
});
