/**
 * The REST API of the reference: `/api/…`, its frame around every answer, its names and numbers. It holds no rule of its
 * own: each call becomes one or more calls of the contract, which the functions of their groups answer.
 */
import type {
  APIGatewayProxyEventV2,
  APIGatewayProxyStructuredResultV2,
  Context as LambdaContext,
} from 'aws-lambda';
import { type RestPath, restMethods, restPaths } from '../../shared/contract/rest.ts';
import { DispatcherError } from '../../shared/errors.ts';
import type { HttpHandler } from '../../shared/http/groupHandler.ts';
import type { Context } from '../../shared/runtime/context.ts';
import { type CallOperation, callOperation, RefusedError } from './callOperation.ts';
import { frame, refusalFrame } from './frame.ts';
import { type RestRequest, readRequest } from './readRequest.ts';

/** The groups whose operations answer. */
export type RestGroups = Readonly<
  Record<'jobs' | 'chunks' | 'nodes' | 'pools' | 'templates' | 'session', HttpHandler>
>;

/** What a call answers with; never empty, as clients take an empty one for a failure. */
export type RestFunction = (call: {
  readonly context: Context;
  readonly request: RestRequest;
  readonly operate: CallOperation;
}) => Promise<Readonly<Record<string, unknown>>>;

const queue = () => import('./areas/queue.ts');
const farm = () => import('./areas/farm.ts');

/** Each is loaded with the first call of its area, and with it what that knows of the contract. */
const functions: Readonly<Record<RestPath, () => Promise<RestFunction>>> = {
  '/api/login': async () => (await queue()).login,
  '/api/logout': async () => (await queue()).logout,
  '/api/pools/list': async () => (await farm()).poolsList,
  '/api/templates/list': async () => (await farm()).templatesList,
  '/api/queue/list': async () => (await queue()).queueList,
  '/api/queue/actions': async () => (await queue()).queueActions,
  '/api/nodes/list': async () => (await farm()).nodesList,
  '/api/nodes/actions': async () => (await farm()).nodesActions,
};

/** Builds the handler. */
export const createHandler =
  (context: Context, groups: RestGroups) =>
  async (
    event: APIGatewayProxyEventV2,
    lambdaContext: LambdaContext,
  ): Promise<APIGatewayProxyStructuredResultV2> => {
    try {
      const path = event.rawPath as RestPath;
      const { method } = event.requestContext.http;
      if (!restPaths.includes(path) || !restMethods.some((known) => known === method))
        throw new DispatcherError('no-such-operation', { method, path });
      const request = readRequest(event);
      const operate = callOperation(groups, event, lambdaContext, request.authToken);
      const call = await functions[path]();
      return frame(context.clock, await call({ context, request, operate }));
    } catch (error) {
      if (error instanceof DispatcherError || error instanceof RefusedError)
        return refusalFrame(context.clock, error);
      context.logger.log(
        'request-failed',
        { requestId: event.requestContext.requestId, operation: event.rawPath, code: 'internal' },
        error,
      );
      const incident = event.requestContext.requestId;
      return refusalFrame(context.clock, new DispatcherError('internal', { incident }, { cause: error }));
    }
  };
