/** One request on its way through the middlewares. */

import type { MiddlewareObj } from '@middy/core';
import type {
  APIGatewayProxyEventV2,
  APIGatewayProxyStructuredResultV2,
  Context as LambdaContext,
} from 'aws-lambda';
import type * as z from 'zod/mini';
import type { Once } from '../actions/once.ts';
import type { Operation } from '../contract/operation.ts';
import type { Caller } from '../model/user.ts';
import type { Context } from '../runtime/context.ts';

/** What an operation file works with. */
export interface Call<O extends Operation> {
  readonly context: Context;
  readonly operation: O;
  readonly input: z.output<O['input']>;
  readonly once: Once;
  /** Who calls; only operations that anyone may call see undefined. */
  readonly caller: Caller | undefined;
  /** Address that the call came from. */
  readonly address: string;
}

/** The function of an operation file. */
export type OperationFunction<O extends Operation> = (call: Call<O>) => Promise<z.input<O['output']>>;

/** What the middlewares find out, in their order; kept in middy's `internal`. */
export interface Exchange extends Record<string, unknown> {
  requestId: string;
  operation: Operation;
  caller: Caller | undefined;
  input: Record<string, unknown>;
  /** The input as it was sent, once it is known to be in order. */
  given: Record<string, unknown>;
}

export type Middleware = MiddlewareObj<
  APIGatewayProxyEventV2,
  APIGatewayProxyStructuredResultV2,
  Error,
  LambdaContext,
  Exchange
>;

/** A JSON answer. */
export const json = (statusCode: number, body: unknown): APIGatewayProxyStructuredResultV2 => ({
  statusCode,
  headers: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' },
  body: JSON.stringify(body),
});
