/** An operation is one record; router, rights, OpenAPI, clients, CLI and docs are derived from it. */
import { z } from 'zod';
import type { ErrorCode } from './errorCodes.ts';

/** Who may call: anyone without a token, a user's token, a node's token, a join token. */
export type CallerKind = 'anyone' | 'user' | 'node' | 'join';

export interface Operation<Input extends z.ZodObject = z.ZodObject, Output extends z.ZodType = z.ZodType> {
  /** The reference's name, or ours. */
  readonly name: string;
  readonly group: string;
  /** Reads are GET with the input as query, writes POST with JSON. The path is `/v1/<group>/<name>`. */
  readonly kind: 'read' | 'write';
  readonly callers: readonly CallerKind[];
  readonly input: Input;
  readonly output: Output;
  /** Its action reserves with the request token what it must not take or do twice. */
  readonly reserves: boolean;
  /** Codes beyond the common ones. */
  readonly errors: readonly ErrorCode[];
  /** HTTP status of success. */
  readonly status: 200 | 201;
  /** What it guarantees, what it refuses, what Consoles hear. First sentence: present tense, third person. */
  readonly text: string;
}

/** A request token makes a repeated write have the effect of one: same token and content, same answer. */
export const requestTokenSchema = z
  .string()
  .min(8)
  .max(64)
  .regex(/^[A-Za-z0-9_-]+$/, 'must be letters, digits, - and _')
  .describe(
    'Chosen by the caller; repeating a request with the same token has the effect of one. Kept for a day.',
  );

type WithToken<Shape extends z.ZodRawShape> = Shape & {
  requestToken: z.ZodOptional<typeof requestTokenSchema>;
};

interface Definition<Shape extends z.ZodRawShape, Output extends z.ZodType> {
  readonly group: string;
  readonly name: string;
  readonly callers: readonly CallerKind[];
  readonly input: Shape;
  readonly output: Output;
  readonly errors?: readonly ErrorCode[];
  readonly text: string;
}

/** Declares an operation that changes nothing. */
export function defineRead<Shape extends z.ZodRawShape, Output extends z.ZodType>(
  definition: Definition<Shape, Output>,
): Operation<z.ZodObject<Shape>, Output> {
  return {
    ...definition,
    kind: 'read',
    reserves: false,
    errors: definition.errors ?? [],
    status: 200,
    input: z.strictObject(definition.input),
  };
}

/** Declares an operation that changes something; users' writes take a request token. */
export function defineWrite<Shape extends z.ZodRawShape, Output extends z.ZodType>(
  definition: Definition<Shape, Output> & {
    /** Answers 201 with the id of what it made. */
    readonly creates?: boolean;
    readonly reserves?: boolean;
  },
): Operation<z.ZodObject<WithToken<Shape>>, Output> {
  const { creates = false, reserves = creates, ...rest } = definition;
  return {
    ...rest,
    kind: 'write',
    reserves,
    errors: [...(definition.errors ?? []), 'request-conflict'],
    status: creates ? 201 : 200,
    input: z.strictObject({ ...definition.input, requestToken: requestTokenSchema.optional() }),
  };
}

/**
 * Declares a call of the protocol with render nodes. Nodes repeat calls by their attempt token or session, so
 * these take no request token.
 */
export function defineProtocol<Shape extends z.ZodRawShape, Output extends z.ZodType>(
  definition: Definition<Shape, Output>,
): Operation<z.ZodObject<Shape>, Output> {
  return {
    ...definition,
    kind: 'write',
    reserves: false,
    errors: definition.errors ?? [],
    status: 200,
    input: z.strictObject(definition.input),
  };
}

/** Input fields of a list: a page of at most 1,000, on from an opaque token. */
export const pageInput = {
  limit: z.coerce.number().int().min(1).max(1_000).default(200).describe('Most entries of a page, 1-1000.'),
  pageToken: z.string().max(2_048).optional().describe('`nextPageToken` of the page before.'),
};

/** A write that has nothing to say. */
export const nothing = z.strictObject({});

/** Method and path of an operation. */
export const route = (operation: Operation): { readonly method: 'GET' | 'POST'; readonly path: string } => ({
  method: operation.kind === 'read' ? 'GET' : 'POST',
  path: `/v1/${operation.group}/${operation.name}`,
});
