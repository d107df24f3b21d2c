/** Answers what is no HTTP request, or does not become one in time; without this, Node cuts the line or says nothing useful. */
import { randomUUID } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { DispatcherError } from '../../shared/errors.ts';
import { errorAnswer } from './answers.ts';

export function answerBrokenRequest(error: Error & { code?: string }, socket: Duplex): void {
  // Reset by the client, or an answer is under way on this connection: nothing can be said any more.
  if (error.code === 'ECONNRESET' || !socket.writable || isAnswering(socket)) {
    socket.destroy(error);
    return;
  }
  const [status, reason] = verdict(error.code);
  const { body } = errorAnswer(new DispatcherError('malformed-request', { reason }), randomUUID());
  socket.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nconnection: close\r\ncontent-type: application/json\r\n` +
      `content-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
}

function verdict(code: string | undefined): [status: number, reason: string] {
  switch (code) {
    case 'HPE_HEADER_OVERFLOW':
      return [431, 'its headers are too long'];
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return [408, 'it did not arrive in time'];
    default:
      return [400, 'it is not valid HTTP/1.1'];
  }
}

/** Node keeps the response that is being written on a socket under this name, as its own default handler relies on. */
function isAnswering(socket: Duplex): boolean {
  const response: unknown = Reflect.get(socket, '_httpMessage');
  return typeof response === 'object' && response !== null && Reflect.get(response, 'headersSent') === true;
}
