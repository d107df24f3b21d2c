/**
 * What only render nodes call. A node registers once with a join token and then speaks with its own; every
 * call carries the session that register opened. What a node does after each answer is in `docs/node-protocol.md`.
 */
import { z } from 'zod';
import { attemptOutcomes } from '../model/chunk.ts';
import { commandAnswerSchema, commandIdSchema, commandSchema } from '../model/command.ts';
import { nameSchema, nodeIdSchema } from '../model/ids.ts';
import { assignmentKeySchema, capabilitiesSchema, loadSchema, processPrioritySchema } from '../model/node.ts';
import { timeSchema } from '../model/time.ts';
import { defineProtocol } from './operation.ts';
import { workOrderSchema } from './workOrder.ts';

const group = 'nodeProtocol';
const callers = ['node'] as const;
const session = z.string().min(1).max(64).describe('Session that nodeRegister opened.');
const attemptToken = z.string().min(1).max(64).describe('Token of the attempt that the node runs.');

/** What the node should be; it converges to it. Every answer of the protocol brings it. */
const desiredStateSchema = z
  .strictObject({
    paused: z.boolean(),
    processPriority: processPrioritySchema,
    realtimeLog: z.boolean().describe('Whether to call nodeSendLog while a process runs.'),
    commandNo: z
      .int()
      .min(0)
      .describe('Grows with each command; a node that sees a new number calls nodeFetchCommands.'),
    heartbeatSeconds: z.int().min(1).describe('Time to the next heartbeat.'),
  })
  .meta({ id: 'DesiredState' });
export type DesiredState = z.infer<typeof desiredStateSchema>;

const work = workOrderSchema.nullable().describe('The chunk to run, null if there is none now.');

export const nodeRegister = defineProtocol({
  group,
  name: 'nodeRegister',
  callers: ['join'],
  input: {
    name: nameSchema,
    secret: z
      .string()
      .min(16)
      .max(128)
      .describe('Chosen by the node and kept by it: proves later that it is the same.'),
    pools: z.array(nameSchema).max(64).default([]),
    capabilities: capabilitiesSchema,
  },
  output: z.strictObject({
    nodeId: nodeIdSchema,
    session,
    token: z.string().describe("The node's own token for all further calls."),
    desired: desiredStateSchema,
  }),
  errors: ['node-name-taken', 'conflict'],
  text: 'Registers a node, or opens a new session for one that is known. The former session is over and its chunk goes back into the queue. Refuses the name of a live node with another secret. Consoles hear `nodes/added` or `nodes/changed`.',
});

export const nodeClaim = defineProtocol({
  group,
  name: 'nodeClaim',
  callers,
  input: {
    session,
    attemptToken: attemptToken
      .nullable()
      .describe('Token of the attempt that the node runs, null if it runs none.'),
  },
  output: z.strictObject({ work, desired: desiredStateSchema }),
  errors: ['session-replaced', 'not-found'],
  text: 'Asks for work. A node that holds a chunk already is answered with that one, so a lost answer is no loss. Without work for it the node becomes idle and is woken through its mailbox.',
});

export const nodeHeartbeat = defineProtocol({
  group,
  name: 'nodeHeartbeat',
  callers,
  input: {
    session,
    attemptToken: attemptToken.nullable(),
    progress: z.number().min(0).max(1).default(0),
    load: loadSchema,
  },
  output: z.strictObject({
    desired: desiredStateSchema,
    hasWork: z.boolean().describe('A chunk was pushed to the node: call nodeClaim.'),
  }),
  errors: ['session-replaced', 'stale-attempt', 'not-found'],
  text: 'Says that the node lives, renews its lease and returns its desired state. Accepts a pushed chunk.',
});

export const nodeReport = defineProtocol({
  group,
  name: 'nodeReport',
  callers,
  input: {
    session,
    attempt: assignmentKeySchema.describe('The attempt that ended, as the work order named it.'),
    outcome: z.enum(attemptOutcomes).extract(['completed', 'warning', 'failed', 'timed-out', 'interrupted']),
    exitCode: z.int().nullable(),
    message: z.string().max(512).default(''),
    cpuSeconds: z.number().min(0).default(0),
    peakMemoryMb: z.number().min(0).default(0),
    wantsNext: z.boolean().describe('Whether the node takes another chunk right away.'),
  },
  output: z.strictObject({ work, desired: desiredStateSchema }),
  errors: ['session-replaced', 'stale-attempt', 'not-found'],
  text: "Ends the attempt that the node ran and, if it wants, hands it the next chunk in the same answer. May be repeated until it is answered: a chunk is ended once. A report for a chunk that is not the node's any more is refused and changes nothing.",
});

export const nodeMailboxCredentials = defineProtocol({
  group,
  name: 'nodeMailboxCredentials',
  callers,
  input: { session },
  output: z.strictObject({
    queueUrl: z.string(),
    endpoint: z.string().nullable().describe('Endpoint of the queue service, null for the region’s own.'),
    region: z.string(),
    accessKeyId: z.string(),
    secretAccessKey: z.string(),
    sessionToken: z.string(),
    expiresAt: timeSchema.describe('Ask again before.'),
  }),
  errors: ['session-replaced', 'not-found'],
  text: "Gives credentials that can receive from and delete in the node's own mailbox, and nothing else, for an hour at most.",
});

export const nodeUploadLog = defineProtocol({
  group,
  name: 'nodeUploadLog',
  callers,
  input: {
    session,
    attempt: assignmentKeySchema.describe('An attempt that this node runs or ran.'),
  },
  output: z.strictObject({
    url: z.string().describe('Send the text with PUT, `Content-Type: text/plain; charset=utf-8`.'),
    maximumBytes: z.int(),
  }),
  errors: ['session-replaced', 'stale-attempt', 'not-found'],
  text: "Gives a link under which the output of one attempt is uploaded. Refuses an attempt that is not this node's.",
});

export const nodeSendLog = defineProtocol({
  group,
  name: 'nodeSendLog',
  callers,
  input: {
    session,
    attempt: assignmentKeySchema.describe('The attempt that this node runs.'),
    offset: z.int().min(0).max(999_999_999_999).describe('Characters of output before this text.'),
    text: z.string().min(1).max(16_384),
  },
  output: z.strictObject({}),
  errors: ['session-replaced', 'stale-attempt', 'not-found'],
  text: 'Passes on what the process has written since, while the real-time log of the node is on. What is sent twice is kept once.',
});

export const nodeUpdate = defineProtocol({
  group,
  name: 'nodeUpdate',
  callers,
  input: { session, capabilities: capabilitiesSchema, load: loadSchema },
  output: z.strictObject({}),
  errors: ['session-replaced', 'conflict', 'not-found'],
  text: 'Takes note of what the machine is and does, measured afresh. Consoles hear `nodes/changed`.',
});

export const nodeFetchCommands = defineProtocol({
  group,
  name: 'nodeFetchCommands',
  callers,
  input: { session },
  output: z.strictObject({
    commands: z
      .array(z.strictObject({ commandId: commandIdSchema, command: commandSchema }))
      .describe('Oldest first.'),
  }),
  errors: ['session-replaced', 'not-found'],
  text: 'Retrieves the commands that wait for the node. One is given until it is answered, so a node notes which it has begun and begins none twice.',
});

export const nodeAnswerCommand = defineProtocol({
  group,
  name: 'nodeAnswerCommand',
  callers,
  input: { session, commandId: commandIdSchema, ...commandAnswerSchema.shape },
  output: z.strictObject({}),
  errors: ['session-replaced', 'not-found'],
  text: 'Says what became of a command; it is given no more. The answer is kept for a day.',
});

export const nodeLeave = defineProtocol({
  group,
  name: 'nodeLeave',
  callers,
  input: { session },
  output: z.strictObject({}),
  errors: ['session-replaced', 'not-found'],
  text: 'Ends the session on purpose: a chunk that the node still holds goes back into the queue without penalty, and the node is offline.',
});
