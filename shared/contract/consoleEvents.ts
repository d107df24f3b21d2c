/**
 * What goes over the WebSocket: every topic and event that Consoles hear, and what they may say. Events name what has
 * changed and carry its status, not the thing: whoever shows it loads it.
 */
import * as z from 'zod/mini';
import { boundedInt } from '../model/bounded.ts';
import { chunkStatusNames } from '../model/chunk.ts';
import { described } from '../model/described.ts';
import { chunkIdSchema, jobIdSchema, nameSchema, nodeIdSchema } from '../model/ids.ts';
import { jobStatusNames } from '../model/job.ts';
import { nodeStatusNames } from '../model/node.ts';
import { onDemand } from '../model/onDemand.ts';
import { timeSchema } from '../model/time.ts';

/** Path of the local gateway, and stage of the API in AWS. */
export const LIVE_STAGE = 'live';
/** Subprotocol that the server answers with. */
export const LIVE_PROTOCOL = 'rollcall';
/** What stands before the token in the subprotocol that carries it, for clients that cannot set headers. */
export const TOKEN_PROTOCOL = 'bearer.';

/** A client says something at least so often: API Gateway closes what is silent for ten minutes. */
export const PING_SECONDS = 240;

/** More changes of a list than this in one message become one `refresh`. */
export const MOST_CHANGES = 200;
/** After a `refresh` nothing is told of that list for so long. */
export const QUIET_SECONDS = 10;
/** A message has no more bytes: one frame of 32 KB, with room for what the gateway adds. */
export const MOST_MESSAGE_BYTES = 30_000;

/** What can be subscribed to. `ids` says what its ids are of, where a subscription may name some. */
export const topics = {
  jobs: { ids: 'jobs', text: 'Jobs and folders.' },
  nodes: { ids: 'nodes', text: 'Nodes, without load and progress, which change with each heartbeat.' },
  chunks: { ids: 'jobs', text: 'Chunks of the jobs that the subscription names; it must name some.' },
  pools: { ids: null, text: 'Pools as they were set up; who is in them is told with the nodes.' },
  repositories: { ids: null, text: 'Repositories.' },
  users: { ids: null, text: 'Users.' },
  groups: { ids: null, text: 'Groups.' },
  system: { ids: null, text: 'Settings of the farm, and whether its engine runs.' },
} as const satisfies Record<string, { readonly ids: 'jobs' | 'nodes' | null; readonly text: string }>;
export type Topic = keyof typeof topics;
export const topicNames = Object.keys(topics) as [Topic, ...Topic[]];

const sequence = () =>
  described(
    z.string().check(z.regex(/^\d+$/)),
    'Order of the changes of one thing, as a number of any length: one that is not above the last is a repetition.',
  );
const version = (what: string) => described(boundedInt(0), `\`version\` of the ${what} after the change.`);

const jobChange = onDemand(() => ({
  id: jobIdSchema(),
  sequence: sequence(),
  status: described(
    z.optional(z.enum(jobStatusNames)),
    'Present if its state has changed; a job of status `folder` is a folder.',
  ),
  previousStatus: described(z.optional(z.nullable(z.enum(jobStatusNames))), 'null if there was none.'),
  version: z.optional(version('job')),
  specVersion: described(
    z.optional(boundedInt(1)),
    'Present if what was submitted has changed, by an edit or another parent: the job is to be loaded again.',
  ),
}));
const nodeChange = onDemand(() => ({
  id: nodeIdSchema(),
  sequence: sequence(),
  status: described(z.optional(z.enum(nodeStatusNames)), 'Present if its state has changed.'),
  previousStatus: described(z.optional(z.nullable(z.enum(nodeStatusNames))), 'null if there was none.'),
  jobId: described(z.optional(z.nullable(jobIdSchema())), 'Present if its state has changed.'),
  chunkId: z.optional(z.nullable(chunkIdSchema())),
}));
const chunkChange = onDemand(() => ({
  jobId: jobIdSchema(),
  generation: boundedInt(1),
  id: chunkIdSchema(),
  sequence: sequence(),
  status: z.enum(chunkStatusNames),
  previousStatus: described(
    z.enum(chunkStatusNames),
    'A chunk that was never touched was `queued`, or `waiting` for its parents.',
  ),
  version: version('chunk'),
  attempt: boundedInt(0),
}));
const namedChange = onDemand(() => ({ name: nameSchema(), sequence: sequence(), version: version('thing') }));
const refresh = () => ({
  refresh: described(z.literal(true), 'Too much has changed to be told one by one.'),
  quietSeconds: described(
    z.literal(QUIET_SECONDS),
    'Nothing more is told of this list for so long: load it now and again after that time, each a random moment later.',
  ),
});

/** Every event: its topic, what it carries for one change, and when it comes. */
const changes = {
  'jobs/added': { topic: 'jobs', fields: jobChange, text: 'A job or folder was submitted.' },
  'jobs/changed': { topic: 'jobs', fields: jobChange, text: 'State or content of a job has changed.' },
  'jobs/removed': { topic: 'jobs', fields: jobChange, text: 'A job was deleted and is gone.' },
  'nodes/added': { topic: 'nodes', fields: nodeChange, text: 'A node has registered for the first time.' },
  'nodes/changed': { topic: 'nodes', fields: nodeChange, text: 'State or settings of a node have changed.' },
  'nodes/removed': { topic: 'nodes', fields: nodeChange, text: 'The registration of a node was removed.' },
  'chunks/changed': {
    topic: 'chunks',
    fields: chunkChange,
    text: 'A chunk was handed out, reported or set.',
  },
  ...namedChanges('pools', 'pool'),
  ...namedChanges('repositories', 'repository'),
  ...namedChanges('users', 'user'),
  ...namedChanges('groups', 'group'),
  'system/changed': {
    topic: 'system',
    fields: onDemand(() => ({ sequence: sequence(), version: version('settings') })),
    text: 'Settings were changed, or the engine was started or stopped.',
  },
} as const satisfies Record<string, ChangeDefinition>;

interface ChangeDefinition {
  readonly topic: Topic;
  readonly fields: () => z.core.$ZodShape;
  readonly text: string;
}

type NamedTopic = 'pools' | 'repositories' | 'users' | 'groups';

function namedChanges<T extends NamedTopic>(
  topic: T,
  one: string,
): Record<
  `${T}/${'added' | 'changed' | 'removed'}`,
  { readonly topic: T; readonly fields: typeof namedChange; readonly text: string }
> {
  const change = (done: string) => ({ topic, fields: namedChange, text: `A ${one} was ${done}.` });
  return {
    [`${topic}/added`]: change('added'),
    [`${topic}/changed`]: change('changed'),
    [`${topic}/removed`]: change('removed'),
  } as ReturnType<typeof namedChanges<T>>;
}

export type ChangeEvent = keyof typeof changes;
/** Event names with their topics and texts, for the documentation. */
export const changeEvents: Readonly<Record<ChangeEvent, ChangeDefinition>> = changes;

/** One change of one thing. Loose where a topic has fields of its own; the schema says which. */
export interface Change {
  readonly event: ChangeEvent;
  readonly sequence: string;
  readonly id?: number;
  readonly name?: string;
  readonly version?: number;
  readonly specVersion?: number;
  readonly status?: string;
  readonly previousStatus?: string | null;
  readonly jobId?: number | null;
  readonly chunkId?: number | null;
  readonly generation?: number;
  readonly attempt?: number;
}

/** A list is to be loaded again; of chunks, those of one job. */
export interface Refresh {
  readonly event: ChangeEvent;
  readonly jobId?: number;
  readonly refresh: true;
  readonly quietSeconds: number;
}

/** A message of an operator or a program. */
export interface MessageEvent {
  readonly event: 'messages/sent';
  readonly messageId: string;
  readonly templateId: number;
  readonly message: string;
  readonly from: string;
  readonly sentAt: string;
}

export type ConsoleEvent = Change | Refresh | MessageEvent;

export const messageEventSchema = onDemand(() =>
  z.strictObject({
    event: z.literal('messages/sent'),
    messageId: described(z.string(), 'The same when the message comes twice.'),
    templateId: described(boundedInt(0, 65_535), 'Template that it is for, 0 for none.'),
    message: z.string(),
    from: described(nameSchema(), 'User who sent it.'),
    sentAt: timeSchema(),
  }),
);

/** Of one change. */
export const changeSchema = (event: ChangeEvent) =>
  z.strictObject({ event: z.literal(event), ...changes[event].fields() });

/** Of too many. */
export const refreshSchema = (event: ChangeEvent) =>
  z.strictObject({
    event: z.literal(event),
    ...(changes[event].topic === 'chunks' ? { jobId: jobIdSchema() } : {}),
    ...refresh(),
  });

export const eventSchema = onDemand(() =>
  z.union([
    messageEventSchema(),
    ...(Object.keys(changes) as ChangeEvent[]).flatMap((event) => [
      changeSchema(event),
      refreshSchema(event),
    ]),
  ]),
);

/** Everything that the server says. */
export type ServerMessage =
  | { readonly kind: 'events'; readonly events: readonly ConsoleEvent[] }
  | { readonly kind: 'subscribed'; readonly topic: Topic; readonly ids: readonly number[] | null }
  | { readonly kind: 'unsubscribed'; readonly topic: Topic }
  | { readonly kind: 'pong' }
  | { readonly kind: 'closing'; readonly reason: string }
  | {
      readonly kind: 'refused';
      readonly error: {
        readonly code: string;
        readonly number: number;
        readonly message: string;
        readonly details: Readonly<Record<string, string | number | boolean | null>>;
        readonly retryable: boolean;
      };
    };

export const serverMessageSchema = onDemand(() =>
  z.discriminatedUnion('kind', [
    described(
      z.strictObject({ kind: z.literal('events'), events: z.array(eventSchema()) }),
      'What has happened, at most once a second from each of the feeds behind.',
    ),
    described(
      z.strictObject({
        kind: z.literal('subscribed'),
        topic: z.enum(topicNames),
        ids: z.nullable(z.array(z.int())),
      }),
      'From now on nothing is missed: load what is to be shown after this.',
    ),
    described(
      z.strictObject({ kind: z.literal('unsubscribed'), topic: z.enum(topicNames) }),
      'The topic is not told any more.',
    ),
    described(z.strictObject({ kind: z.literal('pong') }), 'The connection lives and its token is good.'),
    described(
      z.strictObject({ kind: z.literal('closing'), reason: z.string() }),
      'The connection is over. Whoever connects again hears whether they still may.',
    ),
    described(
      z.strictObject({
        kind: z.literal('refused'),
        error: z.strictObject({
          code: z.string(),
          number: z.int(),
          message: z.string(),
          details: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
          retryable: z.boolean(),
        }),
      }),
      'What was said cannot be understood or done; errors are those of the API.',
    ),
  ]),
);

/** Everything that a client says. `action` chooses the route. */
export const clientMessageSchema = onDemand(() =>
  z.discriminatedUnion('action', [
    described(
      z.strictObject({
        action: z.literal('subscribe'),
        topic: z.enum(topicNames),
        ids: described(
          z._default(z.nullable(z.array(boundedInt(1)).check(z.minLength(1), z.maxLength(100))), null),
          'Only what concerns these, 1-100 of them; null for all.',
        ),
      }),
      'Subscribes to a topic, instead of a former subscription to it.',
    ),
    described(
      z.strictObject({ action: z.literal('unsubscribe'), topic: z.enum(topicNames) }),
      'Ends a subscription.',
    ),
    described(
      z.strictObject({ action: z.literal('ping') }),
      `Keeps the connection from being closed; every ${PING_SECONDS} seconds or so.`,
    ),
  ]),
);
export type ClientMessage = z.infer<ReturnType<typeof clientMessageSchema>>;
