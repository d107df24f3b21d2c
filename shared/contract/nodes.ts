/** The nodes group. */
import { z } from 'zod';
import { commandAnswerSchema, commandIdSchema, systemEvents } from '../model/command.ts';
import { jobIdSchema, nameSchema, nodeIdSchema, templateIdSchema } from '../model/ids.ts';
import { macSchema, nodeSchema, nodeStatusNames, processPrioritySchema } from '../model/node.ts';
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

const delivery = z
  .enum(['sent', 'waits'])
  .describe('`sent`: the node is online and told now. `waits`: it is offline and told when it comes back.');

export const nodeSetProcessPriority = defineWrite({
  group,
  name: 'nodeSetProcessPriority',
  callers,
  input: { ...input, priority: processPrioritySchema },
  output: z.strictObject({ delivery }),
  errors: ['not-found', 'conflict'],
  text: 'Sets the priority of the processes of a node, of the one that runs too. A node that is offline takes it when it comes back. Consoles hear `nodes/changed`.',
});

export const nodeSetRealtimeLog = defineWrite({
  group,
  name: 'nodeSetRealtimeLog',
  callers,
  input: { ...input, status: z.boolean().describe('On or off.') },
  output: z.strictObject({ delivery }),
  errors: ['not-found', 'conflict'],
  text: 'Turns the real-time log of a node on or off: while it is on, chunkGetLiveLog shows what its process writes. A node that is offline takes it when it comes back. Consoles hear `nodes/changed`.',
});

const defineCommand = <Shape extends z.ZodRawShape>(name: string, shape: Shape, text: string) =>
  defineWrite({
    group,
    name,
    callers,
    reserves: true,
    input: { ...input, ...shape },
    output: z.strictObject({ commandId: commandIdSchema }),
    errors: ['not-found', 'transition-refused'],
    text: `${text} Refuses a node that is offline. nodeGetCommandAnswer tells what became of it.`,
  });

export const nodeForceUpdate = defineCommand(
  'nodeForceUpdate',
  {},
  'Makes a node measure load, memory, disk and software afresh and tell them. Consoles hear `nodes/changed`.',
);
export const nodeSoftRestart = defineCommand(
  'nodeSoftRestart',
  {},
  'Makes a node read its configuration and register again, after the chunk that it runs. Consoles hear `nodes/changed`.',
);
export const nodeSendSystemEvent = defineCommand(
  'nodeSendSystemEvent',
  { event: z.enum(systemEvents) },
  'Makes a node run the command that its operator configured for a system event; a node without one answers so and does nothing. Its chunk goes back into the queue without penalty.',
);
export const nodeRunPythonCode = defineCommand(
  'nodeRunPythonCode',
  {
    code: z.string().min(1).max(65_536),
    timeLimitSeconds: z.int().min(1).max(3_600).default(60),
  },
  'Runs Python code on a node that was started with `--allow-python`; another one answers so and runs nothing.',
);

export const nodeGetCommandAnswer = defineRead({
  group,
  name: 'nodeGetCommandAnswer',
  callers,
  input: { id: z.coerce.number().pipe(nodeIdSchema), commandId: commandIdSchema },
  output: z.strictObject({
    answer: commandAnswerSchema.nullable().describe('Null as long as the node has not answered.'),
  }),
  errors: ['not-found'],
  text: 'Retrieves what became of a command of the last day.',
});

export const sendMessageToNode = defineWrite({
  group,
  name: 'sendMessageToNode',
  callers,
  reserves: true,
  input: {
    id: nodeIdSchema.or(z.literal(-1)).describe('The node; -1 with `brodcast`.'),
    templateId: z
      .int()
      .min(0)
      .max(65_535)
      .default(0)
      .describe('Template that the message is for, 0 for none.'),
    message: z.string().max(4_096),
    brodcast: z
      .boolean()
      .default(false)
      .describe('Sends it to every node that is online. Spelled as in the reference.'),
  },
  output: z.strictObject({
    delivery,
    commandId: commandIdSchema,
    nodeCount: z.int().min(0).describe('Nodes that get it.'),
  }),
  errors: ['not-found'],
  text: 'Sends a message to one node, or with `brodcast` to all that are online. One that is offline gets it if it comes back within the hour.',
});

export const nodeWake = defineWrite({
  group,
  name: 'nodeWake',
  callers,
  reserves: true,
  input: {
    id: nodeIdSchema.optional().describe('The node; left out with `pool`.'),
    pool: nameSchema.optional().describe('Wakes all of this pool instead of one node.'),
  },
  output: z.strictObject({
    sent: z
      .array(
        z.strictObject({
          mac: macSchema,
          nodeIds: z
            .array(nodeIdSchema)
            .describe("Nodes of the machine; none if it is one of the pool's wake addresses."),
          byNodeId: nodeIdSchema.describe('Node that sends the magic packet.'),
          commandId: commandIdSchema,
        }),
      )
      .describe('Machines that get a magic packet.'),
    unreached: z
      .array(
        z.strictObject({
          rule: z.string().describe('Why none is sent.'),
          nodeIds: z.array(nodeIdSchema).describe('Nodes of the pool.'),
          macs: z.array(macSchema).describe('Wake addresses of the pool.'),
        }),
      )
      .describe('What the pool holds besides and cannot be woken now.'),
  }),
  errors: ['not-found', 'transition-refused'],
  text: 'Wakes the machine of a node that is offline: a live node of the same subnet sends a magic packet to it. Refuses a node that is online, one without a network address, and one that no live node shares a subnet with. With `pool` wakes all nodes of a pool that are offline, and those of its wake addresses that belong to no registered node, at most 1,000 machines; what cannot be woken is no refusal but told in the answer.',
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
