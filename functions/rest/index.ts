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
import { login } from './login.ts';
import { logout } from './logout.ts';
import { nodesActions } from './nodesActions.ts';
import { nodesList } from './nodesList.ts';
import { poolsList } from './poolsList.ts';
import { queueActions } from './queueActions.ts';
import { queueList } from './queueList.ts';
import { type RestRequest, readRequest } from './readRequest.ts';
import { templatesList } from './templatesList.ts';

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

const functions: Readonly<Record<RestPath, RestFunction>> = {
  '/api/login': login,
  '/api/logout': logout,
  '/api/pools/list': poolsList,
  '/api/templates/list': templatesList,
  '/api/queue/list': queueList,
  '/api/queue/actions': queueActions,
  '/api/nodes/list': nodesList,
  '/api/nodes/actions': nodesActions,
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
      return frame(context.clock, await functions[path]({ context, request, operate }));
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
