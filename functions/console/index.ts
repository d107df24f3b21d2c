/** The routes of the WebSocket. Nothing answers without a token that is good. */

import type { ServerMessage } from '../../shared/contract/consoleEvents.ts';
import { errorCodes } from '../../shared/contract/errorCodes.ts';
import { DispatcherError } from '../../shared/errors.ts';
import type { Context } from '../../shared/runtime/context.ts';
import { WriteUncertainError } from '../../shared/store/table.ts';
import { connect } from './connect.ts';
import { disconnect } from './disconnect.ts';
import { say } from './say.ts';
import type { SocketAnswer, SocketEvent, SocketHandler } from './socketEvent.ts';

export const createHandler =
  (context: Context): SocketHandler =>
  async (event) => {
    try {
      switch (event.requestContext.eventType) {
        case 'CONNECT':
          return await connect(context, event);
        case 'DISCONNECT':
          return await disconnect(context, event);
        case 'MESSAGE':
          return answer(200, await say(context, event));
      }
    } catch (error) {
      return refuse(context, event, error);
    }
  };

function refuse(context: Context, { requestContext }: SocketEvent, error: unknown): SocketAnswer {
  const declared =
    error instanceof DispatcherError
      ? error
      : error instanceof WriteUncertainError
        ? new DispatcherError('try-again', { reason: 'the outcome of a write is unknown' }, { cause: error })
        : new DispatcherError('internal', { incident: requestContext.requestId }, { cause: error });
  const { code, message, details } = declared;
  const { status, number, retryable } = errorCodes[code];
  if (status >= 500) {
    const { requestId, routeKey } = requestContext;
    context.logger.log('request-failed', { requestId, operation: routeKey, code }, error);
  }
  const refusal: ServerMessage = { kind: 'refused', error: { code, number, message, details, retryable } };
  // A status refuses a connection; of the answer to a message only the body goes anywhere.
  return answer(requestContext.eventType === 'CONNECT' ? status : 200, refusal);
}

const answer = (statusCode: number, message: ServerMessage): SocketAnswer => ({
  statusCode,
  headers: { 'content-type': 'application/json; charset=utf-8' },
  body: JSON.stringify(message),
});
