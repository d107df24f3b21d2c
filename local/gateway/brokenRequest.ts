/** Answers what is no HTTP request, or does not become one in time; by itself, Node says nothing useful. */
import { randomUUID } from 'node:crypto';
import { type ServerResponse, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { DispatcherError } from '../../shared/errors.ts';
import { errorAnswer } from './answers.ts';

export function answerBrokenRequest(
  error: NodeJS.ErrnoException,
  socket: Duplex,
  last: ServerResponse | undefined,
): void {
  const isAnswering = last?.headersSent && !last.writableFinished;
  // Reset by the client, or in the middle of an answer: nothing can be said any more.
  if (error.code === 'ECONNRESET' || !socket.writable || isAnswering) {
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
