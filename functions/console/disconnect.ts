/** `$disconnect`: the connection is over. It comes mostly, not always; what it leaves is found gone later. */
import type { Context } from '../../shared/runtime/context.ts';
import type { SocketAnswer, SocketEvent } from './socketEvent.ts';

export async function disconnect(context: Context, { requestContext }: SocketEvent): Promise<SocketAnswer> {
  await context.connections.remove(requestContext.connectionId);
  return { statusCode: 200 };
}
