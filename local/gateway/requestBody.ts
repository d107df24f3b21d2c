import type { IncomingMessage } from 'node:http';
import { DispatcherError } from '../../shared/errors.ts';

/** The client went away in the middle of its request: there is nobody to answer and nothing to report. */
export class ClientGoneError extends Error {
  override readonly name = 'ClientGoneError';
}

/**
 * The chunks of a body, as they come. Throws `too-large` at the first sign that there are more bytes than
 * `maximum`, before any is read if the request says its length, and leaves the rest unread.
 */
export async function* chunksOf(
  request: IncomingMessage,
  maximum: number,
  what: string,
): AsyncGenerator<Uint8Array> {
  let size = Number(request.headers['content-length'] ?? 0);
  if (size > maximum) throw new DispatcherError('too-large', { what, size, maximum });
  size = 0;
  try {
    for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Uint8Array>) {
      size += chunk.length;
      if (size > maximum) throw new DispatcherError('too-large', { what, size, maximum });
      yield chunk;
    }
  } catch (error) {
    if (error instanceof DispatcherError || !request.destroyed) throw error;
    throw new ClientGoneError('the client went away', { cause: error });
  }
  if (!request.complete) throw new ClientGoneError('the client went away');
}

export async function readBody(request: IncomingMessage, maximum: number, what: string): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of chunksOf(request, maximum, what)) chunks.push(chunk);
  return Buffer.concat(chunks);
}
