/** An operation is one record; router, rights, OpenAPI, clients, CLI and docs are derived from it. */
import * as z from 'zod/mini';
import { described } from '../model/described.ts';
import { onDemand } from '../model/onDemand.ts';
import type { Right } from '../model/right.ts';
import type { ErrorCode } from './errorCodes.ts';

/** Who may call: anyone without a token, a user's token, a node's token, a join token. */
export type CallerKind = 'anyone' | 'user' | 'node' | 'join';

export interface Operation<
  Input extends z.ZodMiniObject = z.ZodMiniObject,
  Output extends z.ZodMiniType = z.ZodMiniType,
> {
  /** The reference's name, or ours. */
  readonly name: string;
  readonly group: string;
  /** Reads are GET with the input as query, writes POST with JSON. The path is `/v1/<group>/<name>`. */
  readonly kind: 'read' | 'write';
  readonly callers: readonly CallerKind[];
  /** The right that a user needs besides; undefined for what every user may do. */
  readonly right: Right | undefined;
  /** Made, like the output, when it is first read: of the operations of a group, a cold function mostly serves one. */
  readonly input: Input;
  readonly output: Output;
  /** Its action reserves with the request token what it must not take or do twice. */
  readonly reserves: boolean;
  /** Whether it works with the queue as a whole: then it waits while the queue is replaced. */
  readonly ofQueue: boolean;
  /** The largest body. */
  readonly maximumBytes: number;
  /** Codes beyond the common ones. */
  readonly errors: readonly ErrorCode[];
  /** HTTP status of success. */
  readonly status: 200 | 201;
  /** What it guarantees, what it refuses, what Consoles hear. First sentence: present tense, third person. */
  readonly text: string;
}

/** A request token makes a repeated write have the effect of one: same token and content, same answer. */
const requestTokenSchema = onDemand(() =>
  described(
    z
      .string()
      .check(
        z.minLength(8),
        z.maxLength(64),
        z.regex(/^[A-Za-z0-9_-]+$/, 'must be letters, digits, - and _'),
      ),
    'Chosen by the caller; repeating a request with the same token has the effect of one. Kept for a day.',
  ),
);

/** Groups whose operations work with the queue. */
const queueGroups: ReadonlySet<string> = new Set(['jobs', 'chunks', 'backup']);

/** The largest body: far above the largest job, far below what would hurt. */
const MAXIMUM_BYTES = 1_048_576;

type WithToken<Shape extends z.core.$ZodShape> = Shape & {
  requestToken: z.ZodMiniOptional<ReturnType<typeof requestTokenSchema>>;
};

interface Definition<Shape extends z.core.$ZodShape, Output extends z.ZodMiniType> {
  readonly group: string;
  readonly name: string;
  readonly callers: readonly CallerKind[];
  readonly right?: Right;
  readonly input: () => Shape;
  readonly output: () => Output;
  /** @default whether its group works with the queue */
  readonly ofQueue?: boolean;
  /** @default 1048576 */
  readonly maximumBytes?: number;
  readonly errors?: readonly ErrorCode[];
  readonly text: string;
}

/** Declares an operation that changes nothing. */
export function defineRead<Shape extends z.core.$ZodShape, Output extends z.ZodMiniType>(
  definition: Definition<Shape, Output>,
): Operation<z.ZodMiniObject<Shape, z.core.$strict>, Output> {
  return define({
    ...definition,
    kind: 'read',
    right: definition.right,
    reserves: false,
    status: 200,
  });
}

/** Declares an operation that changes something; users' writes take a request token. */
export function defineWrite<Shape extends z.core.$ZodShape, Output extends z.ZodMiniType>(
  definition: Definition<Shape, Output> & {
    /** Answers 201 with the id of what it made. */
    readonly creates?: boolean;
    readonly reserves?: boolean;
  },
): Operation<z.ZodMiniObject<WithToken<Shape>, z.core.$strict>, Output> {
  const { creates = false, reserves = creates, ...rest } = definition;
  return define({
    ...rest,
    kind: 'write',
    right: definition.right,
    reserves,
    errors: [...(definition.errors ?? []), 'request-conflict'],
    status: creates ? 201 : 200,
    input: () => ({ ...definition.input(), requestToken: z.optional(requestTokenSchema()) }),
  });
}

/**
 * Declares a call of the protocol with render nodes. Nodes repeat calls by their attempt token or session, so
 * these take no request token.
 */
export function defineProtocol<Shape extends z.core.$ZodShape, Output extends z.ZodMiniType>(
  definition: Definition<Shape, Output>,
): Operation<z.ZodMiniObject<Shape, z.core.$strict>, Output> {
  return define({
    ...definition,
    kind: 'write',
    right: definition.right,
    reserves: false,
    status: 200,
  });
}

/** What is made of a definition. */
type Made = 'input' | 'output' | 'ofQueue' | 'maximumBytes' | 'errors';

/** The getters keep what they have made: whoever reads a schema twice has the same. */
function define<Shape extends z.core.$ZodShape, Output extends z.ZodMiniType>({
  input,
  output,
  ofQueue,
  maximumBytes = MAXIMUM_BYTES,
  errors,
  ...facts
}: Omit<Operation, Made> & Pick<Definition<Shape, Output>, Made>): Operation<
  z.ZodMiniObject<Shape, z.core.$strict>,
  Output
> {
  const inputSchema = onDemand(() => z.strictObject(input()));
  const outputSchema = onDemand(output);
  const isOfQueue = ofQueue ?? queueGroups.has(facts.group);
  return {
    ...facts,
    ofQueue: isOfQueue,
    maximumBytes,
    errors: [...(errors ?? []), ...(isOfQueue ? (['queue-importing'] as const) : [])],
    get input() {
      return inputSchema();
    },
    get output() {
      return outputSchema();
    },
  };
}

/** Input fields of a list: a page of at most 1,000, on from an opaque token. */
export const pageInput = () => ({
  limit: described(
    z._default(z.coerce.number().check(z.int(), z.minimum(1), z.maximum(1_000)), 200),
    'Most entries of a page, 1-1000.',
  ),
  pageToken: described(
    z.optional(z.string().check(z.maxLength(2_048))),
    '`nextPageToken` of the page before.',
  ),
});

/** A write that has nothing to say. */
export const nothing = onDemand(() => z.strictObject({}));

/** Method and path of an operation. */
export const route = (operation: Operation): { readonly method: 'GET' | 'POST'; readonly path: string } => ({
  method: operation.kind === 'read' ? 'GET' : 'POST',
  path: `/v1/${operation.group}/${operation.name}`,
});
