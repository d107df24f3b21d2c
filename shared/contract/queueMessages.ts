/** What travels through the dispatcher's own queues. */
import * as z from 'zod/mini';
import { boundedInt, boundedText } from '../model/bounded.ts';
import { commandIdSchema, commandSchema } from '../model/command.ts';
import { jobIdSchema, nodeIdSchema, templateIdSchema } from '../model/ids.ts';
import { seenStateSchema } from '../model/job.ts';
import { onDemand } from '../model/onDemand.ts';
import { timeSchema } from '../model/time.ts';
import { type FarmEvent, farmEventSchema } from './farmEvents.ts';
import { jobHooks } from './hooks.ts';

/** What is done to the chunk of a node that is killed, and to the node. */
export const killModes = ['go-on', 'pause', 'redo'] as const;
export type KillMode = (typeof killModes)[number];

/**
 * A pass is sent once for what has just happened and, because indexes lag, a second time five seconds later if
 * the first left something to do.
 */
const pass = onDemand(() => z.union([z.literal(1), z.literal(2)]));

export const dispatchMessageSchema = onDemand(() =>
  z.discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('match'),
      /** What became ready: read strongly and added to what the indexes say. Null looks at the indexes alone. */
      trigger: z.nullable(
        z.union([z.strictObject({ jobId: jobIdSchema() }), z.strictObject({ nodeId: nodeIdSchema() })]),
      ),
      pass: pass(),
    }),
    z.strictObject({
      kind: z.literal('recall'),
      jobId: jobIdSchema(),
      /** Attempts of generations below this one are over. */
      generation: boundedInt(1),
      pass: pass(),
    }),
    z.strictObject({
      kind: z.literal('stop'),
      nodeId: nodeIdSchema(),
      /** Of an attempt that is over because its chunk was set by hand. */
      token: boundedText(1, 128),
    }),
    z.strictObject({
      kind: z.literal('kill'),
      jobId: jobIdSchema(),
      mode: z.enum(killModes),
      /** Only attempts that were assigned before. */
      before: timeSchema(),
      pass: pass(),
    }),
    z.strictObject({
      kind: z.literal('command'),
      nodeIds: z.array(nodeIdSchema()).check(z.maxLength(100)),
      commandId: commandIdSchema(),
      command: commandSchema(),
    }),
    z.strictObject({
      kind: z.literal('wake'),
      /** The scan for which nodes that are offline are woken. */
      scanId: boundedText(1, 128),
    }),
    z.strictObject({
      kind: z.literal('call'),
      /** What all nodes that are online are called for; each is called once for it. */
      occasion: boundedText(1, 128),
      /** Goes on after the node with this id. */
      after: boundedInt(0),
    }),
  ]),
);
export type DispatchMessage = z.infer<ReturnType<typeof dispatchMessageSchema>>;

/** What comes after the end of a job is to be submitted. */
const followUpMessage = onDemand(() =>
  z.strictObject({
    kind: z.literal('follow-ups'),
    jobId: jobIdSchema(),
    generation: boundedInt(1),
    /** Of the job's state after its end. */
    version: boundedInt(1),
    /** No chunk has failed. */
    isCompleted: z.boolean(),
  }),
);
export type FollowUpMessage = z.infer<ReturnType<typeof followUpMessage>>;

/** The end of a job: whether it has come, and what comes after. */
export const recountMessageSchema = onDemand(() =>
  z.union([z.strictObject({ jobId: jobIdSchema(), generation: boundedInt(1) }), followUpMessage()]),
);
export type RecountMessage = z.infer<ReturnType<typeof recountMessageSchema>>;

/** A message that failed so often is put aside. */
export const MAXIMUM_RECEIVES = 5;

/** A transition of a job, for one hook of its template. */
export const jobHookMessageSchema = onDemand(() =>
  z.strictObject({
    hook: z.enum(jobHooks),
    /** Of the job, when it was told apart. */
    templateId: templateIdSchema(),
    /** The job's state after the transition. */
    state: seenStateSchema(),
    /** Failures before somebody asked for it again: it is another message then. */
    after: z.optional(boundedInt(1)),
  }),
);
export type JobHookMessage = z.infer<ReturnType<typeof jobHookMessageSchema>>;

/** A minute in which a template is asked to do what it does by itself. */
const idlingMessageSchema = onDemand(() =>
  z.strictObject({
    hook: z.literal('onDispatcherIdling'),
    templateId: templateIdSchema(),
    minute: timeSchema(),
  }),
);
export type IdlingMessage = z.infer<ReturnType<typeof idlingMessageSchema>>;

/** A job of which a hook is to say whether it may start. */
const gateMessageSchema = onDemand(() =>
  z.strictObject({
    hook: z.literal('onValidateJobDependancies'),
    jobId: jobIdSchema(),
    /** What has made it worth asking. */
    occasion: boundedText(1, 64),
  }),
);
export type GateMessage = z.infer<ReturnType<typeof gateMessageSchema>>;

/** So many messages go on after each other at once: AWS ends what calls itself more often than 16 times. */
export const MOST_TURNS = 5;

/** Chunks that one message names. */
export const MOST_NAMED = 200;

/** A job of whose chunks a hook is to say which may start. */
const chunkGateMessageSchema = onDemand(() =>
  z.strictObject({
    hook: z.literal('onValidateChunkDependancies'),
    jobId: jobIdSchema(),
    generation: boundedInt(1),
    /** What has made it worth asking. */
    occasion: boundedText(1, 64),
    /** Also about chunks that were refused before, about the next ones alone, or about some by their index. */
    question: z.union([
      z.enum(['again', 'next']),
      z.array(boundedInt(0)).check(z.minLength(1), z.maxLength(MOST_NAMED)),
    ]),
    turn: boundedInt(1, MOST_TURNS),
  }),
);
export type ChunkGateMessage = z.infer<ReturnType<typeof chunkGateMessageSchema>>;

export const hookMessageSchema = onDemand(() =>
  z.union([jobHookMessageSchema(), idlingMessageSchema(), gateMessageSchema(), chunkGateMessageSchema()]),
);
export type HookMessage = JobHookMessage | IdlingMessage | GateMessage | ChunkGateMessage;

/** Events that the bus did not take when they happened. */
export const eventMessageSchema = onDemand(() => z.strictObject({ events: z.array(farmEventSchema()) }));
export type EventMessage = { readonly events: readonly FarmEvent[] };
