/** A group of the contract and its operation files, as one Lambda handler. */
import middy from '@middy/core';
import type {
  APIGatewayProxyEventV2,
  APIGatewayProxyStructuredResultV2,
  Context as LambdaContext,
} from 'aws-lambda';
import { recordAction } from '../actions/recordAction.ts';
import type { Operation } from '../contract/operation.ts';
import type { Context } from '../runtime/context.ts';
import { authenticate } from './authenticate.ts';
import { type Call, type Exchange, json, type Middleware, type OperationFunction } from './exchange.ts';
import { findOperation } from './findOperation.ts';
import { parseInput } from './parseInput.ts';
import { recordRefusal } from './recordRefusal.ts';
import { refuseWhileImporting } from './refuseWhileImporting.ts';
import { renderError } from './renderError.ts';
import { runOnce } from './repeatable.ts';

/** The operations of one group by their names: its module of the contract, so that a bundle has no other. */
type Group = Readonly<Record<string, Operation>>;

/** One function per operation of the group; a missing one does not compile. */
export type GroupOperations<G extends Group> = {
  readonly [N in keyof G]: OperationFunction<G[N]>;
};

export type HttpHandler = (
  event: APIGatewayProxyEventV2,
  lambdaContext: LambdaContext,
) => Promise<APIGatewayProxyStructuredResultV2>;

const requestContext: Middleware = {
  before({ event, internal }) {
    internal.requestId = event.requestContext.requestId;
  },
};

/** middy keeps `internal` from the handler; the context is what both see. */
const handOver: Middleware = {
  before({ context, internal }) {
    Object.assign(context, { exchange: internal });
  },
};

/** What came of a call, for the action log: the id of what was made; never the answer itself, which may be a token. */
function resultOf(answer: unknown): string {
  const { id } = answer as { id?: unknown };
  return typeof id === 'number' ? `ok, id ${id}` : 'ok';
}

/** Builds the handler of a group. */
export function groupHandler<G extends Group>(
  group: G,
  functions: GroupOperations<G>,
  context: Context,
): HttpHandler {
  const operations = Object.values(group);
  const run = functions as unknown as Record<string, OperationFunction<Operation>>;
  const chain: readonly Middleware[] = [
    // First, so that whatever goes wrong later has an id.
    requestContext,
    // Errors run through the list backwards: the first in it has the last word.
    renderError(context.logger),
    recordRefusal(context),
    // Before authentication, which depends on the operation.
    findOperation(operations),
    // Before the input is read: a stranger learns nothing of its rules.
    authenticate(context),
    parseInput(),
    refuseWhileImporting(context),
    handOver,
  ];
  const handler = async (
    event: APIGatewayProxyEventV2,
    { exchange }: LambdaContext & { exchange: Exchange },
  ): Promise<APIGatewayProxyStructuredResultV2> => {
    const { operation, caller, input, given } = exchange;
    const address = event.requestContext.http.sourceIp;
    const operate = run[operation.name];
    if (operate === undefined) throw new Error(`operation ${operation.name} has no function`);
    const answer = await runOnce(context, operation, caller, input, (once) =>
      operate({ context, operation, caller, address, once, input } as Call<Operation>),
    );
    // An answer that breaks the contract is our error, not a surprise for the caller.
    const reply = json(operation.status, operation.output.parse(answer));
    // Before it is answered: a crash loses no action that anybody was told of.
    await recordAction(context, { operation, caller, address, given, result: resultOf(answer) });
    return reply;
  };
  const wrapped = middy<
    APIGatewayProxyEventV2,
    APIGatewayProxyStructuredResultV2,
    Error,
    LambdaContext,
    Exchange
  >();
  for (const middleware of chain) wrapped.use(middleware);
  return wrapped.handler(handler as never) as unknown as HttpHandler;
}
