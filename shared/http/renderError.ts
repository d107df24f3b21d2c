/** The only place where an error becomes an answer. What is not declared is our fault: an incident id, status 500. */
import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { errorCodes } from '../contract/errorCodes.ts';
import { DispatcherError } from '../errors.ts';
import type { Logger } from '../observe/logger.ts';
import { WriteUncertainError } from '../store/table.ts';
import { json, type Middleware } from './exchange.ts';

export function renderError(logger: Logger): Middleware {
  return {
    onError(request) {
      const { error, internal } = request;
      request.response = answer(logger, error, internal['requestId'] as string, internal['operation']);
    },
  };
}

function answer(
  logger: Logger,
  error: unknown,
  requestId: string,
  operation: unknown,
): APIGatewayProxyStructuredResultV2 {
  const declared = declare(error, requestId);
  const { status, number, retryable } = errorCodes[declared.code];
  if (status >= 500) {
    const name = (operation as { name?: string } | undefined)?.name ?? null;
    logger.log('request-failed', { requestId, operation: name, code: declared.code }, error);
  }
  const { code, message, details } = declared;
  return json(status, { error: { code, number, message, details, retryable, requestId } });
}

function declare(error: unknown, requestId: string): DispatcherError {
  if (error instanceof DispatcherError) return error;
  if (error instanceof WriteUncertainError) {
    return new DispatcherError(
      'try-again',
      { reason: 'the outcome of a write is unknown' },
      { cause: error },
    );
  }
  return new DispatcherError('internal', { incident: requestId }, { cause: error });
}
