/** The nodes group. */
import * as z from 'zod/mini';
import { boundedInt, boundedText } from '../model/bounded.ts';
import { commandAnswerSchema, commandIdSchema, systemEvents } from '../model/command.ts';
import { described } from '../model/described.ts';
import { jobIdSchema, nameSchema, nodeIdSchema, templateIdSchema } from '../model/ids.ts';
import { macSchema, nodeSchema, nodeStatusNames, processPrioritySchema } from '../model/node.ts';
import { onDemand } from '../model/onDemand.ts';
import type { Right } from '../model/right.ts';
import { defineRead, defineWrite, nothing, pageInput } from './operation.ts';

const group = 'nodes';
const callers = ['user'] as const;
const input = () => ({ id: nodeIdSchema() });
const jobInput = () => ({ id: described(jobIdSchema(), 'Id of the job whose nodes are meant.') });
const affected = onDemand(() =>
  z.strictObject({ nodeIds: described(z.array(nodeIdSchema()), 'Nodes that were told.') }),
);

export const nodeGetList = defineRead({
  group,
  name: 'nodeGetList',
  callers,
  input: () => ({
    ...pageInput(),
    status: z.optional(z.enum(nodeStatusNames)),
    pool: described(z.optional(nameSchema()), 'Only nodes in this pool.'),
  }),
  output: () => z.strictObject({ nodes: z.array(nodeSchema()), nextPageToken: z.nullable(z.string()) }),
  text: 'Retrieves the registered nodes page by page, by id. A page may hold fewer entries than asked for when a filter is given.',
});

export const nodeGet = defineRead({
  group,
  name: 'nodeGet',
  callers,
  input: () => ({ id: z.pipe(z.coerce.number(), nodeIdSchema()) }),
  output: () => z.strictObject({ node: nodeSchema() }),
  errors: ['not-found'],
  text: 'Retrieves a node from its id.',
});

export const nodeGetByName = defineRead({
  group,
  name: 'nodeGetByName',
  callers,
  input: () => ({ name: nameSchema() }),
  output: () => z.strictObject({ node: nodeSchema() }),
  errors: ['not-found'],
  text: 'Retrieves a node from its name.',
});

export const nodePause = defineWrite({
  group,
  name: 'nodePause',
  callers,
  right: 'manage-nodes',
  input: () => ({
    ...input(),
    kill: described(z._default(z.boolean(), false), 'Stops the chunk that it runs instead of finishing it.'),
  }),
  output: nothing,
  errors: ['not-found', 'conflict'],
  text: 'Pauses a node: it finishes its chunk and takes no other. A node that is offline is paused when it comes back. Consoles hear `nodes/changed`.',
});

export const nodeResume = defineWrite({
  group,
  name: 'nodeResume',
  callers,
  right: 'manage-nodes',
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
    right: 'manage-nodes',
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
    right: 'manage-nodes',
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
  right: 'manage-nodes',
  input: () => ({ ...input(), notes: z.string().check(z.maxLength(4_096)) }),
  output: nothing,
  errors: ['not-found', 'conflict'],
  text: 'Sets the notes of a node. Consoles hear `nodes/changed`.',
});

export const nodePurgeTemplatesExclusion = defineWrite({
  group,
  name: 'nodePurgeTemplatesExclusion',
  callers,
  right: 'manage-nodes',
  input: () => ({ ...input(), templateId: templateIdSchema() }),
  output: nothing,
  errors: ['not-found', 'conflict'],
  text: 'Lets a node take chunks of a template again that it was excluded from after failures. Does nothing if it was not. Consoles hear `nodes/changed`.',
});

export const nodePurgeJobsExclusions = defineWrite({
  group,
  name: 'nodePurgeJobsExclusions',
  callers,
  right: 'manage-nodes',
  input: () => ({ ...input(), jobId: jobIdSchema() }),
  output: nothing,
  errors: ['not-found', 'conflict'],
  text: 'Lets a node take chunks of a job again that it was excluded from after failures. Does nothing if it was not. Consoles hear `nodes/changed`.',
});

const delivery = onDemand(() =>
  described(
    z.enum(['sent', 'waits']),
    '`sent`: the node is online and told now. `waits`: it is offline and told when it comes back.',
  ),
);

export const nodeSetProcessPriority = defineWrite({
  group,
  name: 'nodeSetProcessPriority',
  callers,
  right: 'manage-nodes',
  input: () => ({ ...input(), priority: processPrioritySchema() }),
  output: () => z.strictObject({ delivery: delivery() }),
  errors: ['not-found', 'conflict'],
  text: 'Sets the priority of the processes of a node, of the one that runs too. A node that is offline takes it when it comes back. Consoles hear `nodes/changed`.',
});

export const nodeSetRealtimeLog = defineWrite({
  group,
  name: 'nodeSetRealtimeLog',
  callers,
  right: 'manage-nodes',
  input: () => ({ ...input(), status: described(z.boolean(), 'On or off.') }),
  output: () => z.strictObject({ delivery: delivery() }),
  errors: ['not-found', 'conflict'],
  text: 'Turns the real-time log of a node on or off: while it is on, chunkGetLiveLog shows what its process writes. A node that is offline takes it when it comes back. Consoles hear `nodes/changed`.',
});

const defineCommand = <Shape extends z.core.$ZodShape>(
  name: string,
  shape: () => Shape,
  text: string,
  right: Right = 'manage-nodes',
) =>
  defineWrite({
    group,
    name,
    callers,
    right,
    reserves: true,
    input: () => ({ ...input(), ...shape() }),
    output: () => z.strictObject({ commandId: commandIdSchema() }),
    errors: ['not-found', 'transition-refused'],
    text: `${text} Refuses a node that is offline. nodeGetCommandAnswer tells what became of it.`,
  });

export const nodeForceUpdate = defineCommand(
  'nodeForceUpdate',
  () => ({}),
  'Makes a node measure load, memory, disk and software afresh and tell them. Consoles hear `nodes/changed`.',
);
export const nodeSoftRestart = defineCommand(
  'nodeSoftRestart',
  () => ({}),
  'Makes a node read its configuration and register again, after the chunk that it runs. Consoles hear `nodes/changed`.',
);
export const nodeSendSystemEvent = defineCommand(
  'nodeSendSystemEvent',
  () => ({ event: z.enum(systemEvents) }),
  'Makes a node run the command that its operator configured for a system event; a node without one answers so and does nothing. Its chunk goes back into the queue without penalty.',
);
export const nodeRunPythonCode = defineCommand(
  'nodeRunPythonCode',
  () => ({
    code: boundedText(1, 65_536),
    timeLimitSeconds: z._default(boundedInt(1, 3_600), 60),
  }),
  'Runs Python code on a node that was started with `--allow-python`; another one answers so and runs nothing.',
  'run-code',
);

export const nodeGetCommandAnswer = defineRead({
  group,
  name: 'nodeGetCommandAnswer',
  callers,
  input: () => ({ id: z.pipe(z.coerce.number(), nodeIdSchema()), commandId: commandIdSchema() }),
  output: () =>
    z.strictObject({
      answer: described(z.nullable(commandAnswerSchema()), 'Null as long as the node has not answered.'),
    }),
  errors: ['not-found'],
  text: 'Retrieves what became of a command of the last day.',
});

export const sendMessageToNode = defineWrite({
  group,
  name: 'sendMessageToNode',
  callers,
  right: 'manage-nodes',
  reserves: true,
  input: () => ({
    id: described(z.union([nodeIdSchema(), z.literal(-1)]), 'The node; -1 with `brodcast`.'),
    templateId: described(
      z._default(boundedInt(0, 65_535), 0),
      'Template that the message is for, 0 for none.',
    ),
    message: z.string().check(z.maxLength(4_096)),
    brodcast: described(
      z._default(z.boolean(), false),
      'Sends it to every node that is online. Spelled as in the reference.',
    ),
  }),
  output: () =>
    z.strictObject({
      delivery: delivery(),
      commandId: commandIdSchema(),
      nodeCount: described(boundedInt(0), 'Nodes that get it.'),
    }),
  errors: ['not-found'],
  text: 'Sends a message to one node, or with `brodcast` to all that are online. One that is offline gets it if it comes back within the hour.',
});

export const nodeWake = defineWrite({
  group,
  name: 'nodeWake',
  callers,
  right: 'manage-nodes',
  reserves: true,
  input: () => ({
    id: described(z.optional(nodeIdSchema()), 'The node; left out with `pool`.'),
    pool: described(z.optional(nameSchema()), 'Wakes all of this pool instead of one node.'),
  }),
  output: () =>
    z.strictObject({
      sent: described(
        z.array(
          z.strictObject({
            mac: macSchema(),
            nodeIds: described(
              z.array(nodeIdSchema()),
              "Nodes of the machine; none if it is one of the pool's wake addresses.",
            ),
            byNodeId: described(nodeIdSchema(), 'Node that sends the magic packet.'),
            commandId: commandIdSchema(),
          }),
        ),
        'Machines that get a magic packet.',
      ),
      unreached: described(
        z.array(
          z.strictObject({
            rule: described(z.string(), 'Why none is sent.'),
            nodeIds: described(z.array(nodeIdSchema()), 'Nodes of the pool.'),
            macs: described(z.array(macSchema()), 'Wake addresses of the pool.'),
          }),
        ),
        'What the pool holds besides and cannot be woken now.',
      ),
    }),
  errors: ['not-found', 'transition-refused'],
  text: 'Wakes the machine of a node that is offline: a live node of the same subnet sends a magic packet to it. Refuses a node that is online, one without a network address, and one that no live node shares a subnet with. With `pool` wakes all nodes of a pool that are offline, and those of its wake addresses that belong to no registered node, at most 1,000 machines; what cannot be woken is no refusal but told in the answer.',
});

export const nodeRemoveRegistration = defineWrite({
  group,
  name: 'nodeRemoveRegistration',
  callers,
  right: 'manage-nodes',
  reserves: true,
  input,
  output: nothing,
  errors: ['not-found', 'conflict', 'transition-refused'],
  text: 'Removes the registration of a node that is offline; its name is free again. Refuses a node that is online: stop its agent first. Consoles hear `nodes/removed`.',
});
