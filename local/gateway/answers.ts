/** Answers of the gateway, and how they are written so that the client gets to read them. */
import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { type ErrorCode, errorCodes } from '../../shared/contract/errorCodes.ts';
import { DispatcherError } from '../../shared/errors.ts';

export interface Answer {
  readonly status: number;
  readonly headers: OutgoingHttpHeaders;
  readonly body: string | Uint8Array;
}

/** How long the rest of a request that was refused is thrown away before the connection is cut. */
const lingerMs = 2_000;

/**
 * An error in the shape of the API. What is no {@link DispatcherError} is our fault: the caller learns the
 * incident's id, which is the request's.
 */
export function errorAnswer(error: unknown, requestId: string): Answer {
  const known = error instanceof DispatcherError ? error : undefined;
  const { code, details, message } = known ?? new DispatcherError('internal', { incident: requestId });
  const { status, number, retryable } = errorCodes[code satisfies ErrorCode];
  return {
    status,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ error: { code, number, message, details, retryable, requestId } }),
  };
}

/**
 * Writes an answer. If the request's body has not been read, closes the connection after it, but not at once:
 * data that arrives at a closed socket resets it, and a reset takes the answer from a client that still sends.
 */
export function writeAnswer(request: IncomingMessage, response: ServerResponse, answer: Answer): void {
  if (response.destroyed) return;
  if (response.headersSent) {
    // Too late for another answer; a broken connection is the only way to say that this one is not whole.
    response.destroy();
    return;
  }
  const { status, headers, body } = answer;
  const isUnread = hasBody(request) && !request.complete;
  response.writeHead(status, {
    ...headers,
    'content-length': Buffer.byteLength(body),
    ...(isUnread ? { connection: 'close' } : {}),
  });
  if (!isUnread) {
    response.end(body);
    return;
  }
  // With its length told, the answer is whole for the client before the connection ends.
  response.write(body);
  const end = () => {
    clearTimeout(timer);
    response.end();
  };
  const timer = setTimeout(end, lingerMs);
  request.once('end', end).once('error', end).once('close', end).resume();
}

const hasBody = ({ headers }: IncomingMessage): boolean =>
  headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
