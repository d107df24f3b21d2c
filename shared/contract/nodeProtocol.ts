/**
 * What only render nodes call. A node registers once with a join token and then speaks with its own; every
 * call carries the session that register opened. What a node does after each answer is in `docs/node-protocol.md`.
 */
import * as z from 'zod/mini';
import { boundedInt, boundedNumber, boundedText } from '../model/bounded.ts';
import type { AttemptOutcome } from '../model/chunk.ts';
import { commandAnswerSchema, commandIdSchema, commandSchema } from '../model/command.ts';
import { described } from '../model/described.ts';
import { nameSchema, nodeIdSchema } from '../model/ids.ts';
import { assignmentKeySchema, capabilitiesSchema, loadSchema, processPrioritySchema } from '../model/node.ts';
import { onDemand } from '../model/onDemand.ts';
import { timeSchema } from '../model/time.ts';
import { defineProtocol } from './operation.ts';
import { workOrderSchema } from './workOrder.ts';

const group = 'nodeProtocol';
const callers = ['node'] as const;
const session = onDemand(() => described(boundedText(1, 64), 'Session that nodeRegister opened.'));
const attemptToken = onDemand(() =>
  described(boundedText(1, 64), 'Token of the attempt that the node runs.'),
);

/** What the node should be; it converges to it. Every answer of the protocol brings it. */
const desiredStateSchema = onDemand(() =>
  z
    .strictObject({
      paused: z.boolean(),
      processPriority: processPrioritySchema(),
      realtimeLog: described(z.boolean(), 'Whether to call nodeSendLog while a process runs.'),
      commandNo: described(
        boundedInt(0),
        'Grows with each command; a node that sees a new number calls nodeFetchCommands.',
      ),
      heartbeatSeconds: described(boundedInt(1), 'Time to the next heartbeat.'),
      farmRevision: described(
        boundedInt(0),
        'Grows with each soft restart of the farm; a node that sees a higher one than before registers again, after the chunk that it runs.',
      ),
    })
    .register(z.globalRegistry, { id: 'DesiredState' }),
);
export type DesiredState = z.infer<ReturnType<typeof desiredStateSchema>>;

const reportableOutcomes = [
  'completed',
  'warning',
  'failed',
  'timed-out',
  'interrupted',
] as const satisfies readonly AttemptOutcome[];

const work = onDemand(() =>
  described(z.nullable(workOrderSchema()), 'The chunk to run, null if there is none now.'),
);

export const nodeRegister = defineProtocol({
  group,
  name: 'nodeRegister',
  callers: ['join'],
  input: () => ({
    name: nameSchema(),
    secret: described(
      boundedText(16, 128),
      'Chosen by the node and kept by it: proves later that it is the same.',
    ),
    pools: z._default(z.array(nameSchema()).check(z.maxLength(64)), []),
    capabilities: capabilitiesSchema(),
  }),
  output: () =>
    z.strictObject({
      nodeId: nodeIdSchema(),
      session: session(),
      token: described(z.string(), "The node's own token for all further calls."),
      desired: desiredStateSchema(),
    }),
  errors: ['node-name-taken', 'conflict'],
  text: 'Registers a node, or opens a new session for one that is known. The former session is over and its chunk goes back into the queue. Refuses the name of a live node with another secret. Consoles hear `nodes/added` or `nodes/changed`.',
});

export const nodeClaim = defineProtocol({
  group,
  name: 'nodeClaim',
  callers,
  input: () => ({
    session: session(),
    attemptToken: described(
      z.nullable(attemptToken()),
      'Token of the attempt that the node runs, null if it runs none.',
    ),
  }),
  output: () => z.strictObject({ work: work(), desired: desiredStateSchema() }),
  errors: ['session-replaced', 'not-found'],
  text: 'Asks for work. A node that holds a chunk already is answered with that one, so a lost answer is no loss. Without work for it the node becomes idle and is woken through its mailbox.',
});

export const nodeHeartbeat = defineProtocol({
  group,
  name: 'nodeHeartbeat',
  callers,
  input: () => ({
    session: session(),
    attemptToken: z.nullable(attemptToken()),
    progress: z._default(boundedNumber(0, 1), 0),
    load: loadSchema(),
  }),
  output: () =>
    z.strictObject({
      desired: desiredStateSchema(),
      hasWork: described(z.boolean(), 'A chunk was pushed to the node: call nodeClaim.'),
    }),
  errors: ['session-replaced', 'stale-attempt', 'not-found'],
  text: 'Says that the node lives, renews its lease and returns its desired state. Accepts a pushed chunk.',
});

export const nodeReport = defineProtocol({
  group,
  name: 'nodeReport',
  callers,
  input: () => ({
    session: session(),
    attempt: described(assignmentKeySchema(), 'The attempt that ended, as the work order named it.'),
    outcome: z.enum(reportableOutcomes),
    exitCode: z.nullable(z.int()),
    message: z._default(z.string().check(z.maxLength(512)), ''),
    cpuSeconds: z._default(boundedNumber(0), 0),
    peakMemoryMb: z._default(boundedNumber(0), 0),
    lacksLicence: described(
      z._default(z.boolean(), false),
      'Of an attempt that was interrupted: its program got no licence. The whole job waits for some minutes.',
    ),
    wantsNext: described(z.boolean(), 'Whether the node takes another chunk right away.'),
  }),
  output: () => z.strictObject({ work: work(), desired: desiredStateSchema() }),
  errors: ['session-replaced', 'stale-attempt', 'not-found'],
  text: "Ends the attempt that the node ran and, if it wants, hands it the next chunk in the same answer. May be repeated until it is answered: a chunk is ended once. A report for a chunk that is not the node's any more is refused and changes nothing.",
});

export const nodeMailboxCredentials = defineProtocol({
  group,
  name: 'nodeMailboxCredentials',
  callers,
  input: () => ({ session: session() }),
  output: () =>
    z.strictObject({
      queueUrl: z.string(),
      endpoint: described(
        z.nullable(z.string()),
        'Endpoint of the queue service, null for the region’s own.',
      ),
      region: z.string(),
      accessKeyId: z.string(),
      secretAccessKey: z.string(),
      sessionToken: z.string(),
      expiresAt: described(timeSchema(), 'Ask again before.'),
    }),
  errors: ['session-replaced', 'not-found'],
  text: "Gives credentials that can receive from and delete in the node's own mailbox, and nothing else, for an hour at most.",
});

export const nodeUploadLog = defineProtocol({
  group,
  name: 'nodeUploadLog',
  callers,
  input: () => ({
    session: session(),
    attempt: described(assignmentKeySchema(), 'An attempt that this node runs or ran.'),
    hasThumbnail: described(
      z._default(z.boolean(), false),
      'Whether there is a picture of its last frame to upload as well.',
    ),
  }),
  output: () =>
    z.strictObject({
      url: described(z.string(), 'Send the text with PUT, `Content-Type: text/plain; charset=utf-8`.'),
      maximumBytes: z.int(),
      thumbnail: z.optional(
        z.strictObject({
          url: described(z.string(), 'Send the picture with PUT, `Content-Type: image/jpeg`.'),
          maximumBytes: z.int(),
        }),
      ),
    }),
  errors: ['session-replaced', 'stale-attempt', 'not-found'],
  text: "Gives a link under which the output of one attempt is uploaded, and another one for its picture. Refuses an attempt that is not this node's.",
});

export const nodeSendLog = defineProtocol({
  group,
  name: 'nodeSendLog',
  callers,
  input: () => ({
    session: session(),
    attempt: described(assignmentKeySchema(), 'The attempt that this node runs.'),
    offset: described(boundedInt(0, 999_999_999_999), 'Characters of output before this text.'),
    text: boundedText(1, 16_384),
  }),
  output: () => z.strictObject({}),
  errors: ['session-replaced', 'stale-attempt', 'not-found'],
  text: 'Passes on what the process has written since, while the real-time log of the node is on. What is sent twice is kept once.',
});

export const nodeUpdate = defineProtocol({
  group,
  name: 'nodeUpdate',
  callers,
  input: () => ({ session: session(), capabilities: capabilitiesSchema(), load: loadSchema() }),
  output: () => z.strictObject({}),
  errors: ['session-replaced', 'conflict', 'not-found'],
  text: 'Takes note of what the machine is and does, measured afresh. Consoles hear `nodes/changed`.',
});

export const nodeFetchCommands = defineProtocol({
  group,
  name: 'nodeFetchCommands',
  callers,
  input: () => ({ session: session() }),
  output: () =>
    z.strictObject({
      commands: described(
        z.array(z.strictObject({ commandId: commandIdSchema(), command: commandSchema() })),
        'Oldest first.',
      ),
    }),
  errors: ['session-replaced', 'not-found'],
  text: 'Retrieves the commands that wait for the node. One is given until it is answered, so a node notes which it has begun and begins none twice.',
});

export const nodeAnswerCommand = defineProtocol({
  group,
  name: 'nodeAnswerCommand',
  callers,
  input: () => ({ session: session(), commandId: commandIdSchema(), ...commandAnswerSchema().shape }),
  output: () => z.strictObject({}),
  errors: ['session-replaced', 'not-found'],
  text: 'Says what became of a command; it is given no more. The answer is kept for a day.',
});

export const nodeLeave = defineProtocol({
  group,
  name: 'nodeLeave',
  callers,
  input: () => ({ session: session() }),
  output: () => z.strictObject({}),
  errors: ['session-replaced', 'not-found'],
  text: 'Ends the session on purpose: a chunk that the node still holds goes back into the queue without penalty, and the node is offline.',
});
