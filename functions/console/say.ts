/** What a client said: subscriptions and pings. */
import {
  type ClientMessage,
  clientMessageSchema,
  type ServerMessage,
  topics,
} from '../../shared/contract/consoleEvents.ts';
import { DispatcherError, invalidInput } from '../../shared/errors.ts';
import { inEnglish } from '../../shared/model/inEnglish.ts';
import type { Context } from '../../shared/runtime/context.ts';
import type { SocketEvent } from './socketEvent.ts';

/** Mostly it was disconnected a moment ago and says something still; a client that connects again is told why. */
const OVER: ServerMessage = { kind: 'closing', reason: 'the connection is over; connect again' };

export async function say(context: Context, { requestContext, body }: SocketEvent): Promise<ServerMessage> {
  const message = parse(body ?? '');
  const { connectionId } = requestContext;
  switch (message.action) {
    case 'subscribe': {
      const { topic, ids } = message;
      assertFits(message);
      const subscribed = await context.connections.subscribe(connectionId, topic, { ids });
      return subscribed === undefined ? OVER : { kind: 'subscribed', topic, ids };
    }
    case 'unsubscribe': {
      const { topic } = message;
      const unsubscribed = await context.connections.unsubscribe(connectionId, topic);
      return unsubscribed === undefined ? OVER : { kind: 'unsubscribed', topic };
    }
    case 'ping':
      return (await isGood(context, connectionId)) ? { kind: 'pong' } : OVER;
  }
}

/** Looks at the token again too: should a revocation not have found the connection, it ends here. */
async function isGood(context: Context, connectionId: string): Promise<boolean> {
  const connection = await context.connections.find(connectionId);
  if (connection === undefined || connection.endReason !== null) return false;
  if ((await context.tokens.findGoodByHash(connection.tokenHash)) !== undefined) return true;
  await context.connections.end(connectionId, connection.kind, 'its token is not good any more');
  return false;
}

function parse(body: string): ClientMessage {
  let given: unknown;
  try {
    given = JSON.parse(body);
  } catch (cause) {
    throw new DispatcherError('malformed-request', { reason: 'the message is not JSON' }, { cause });
  }
  const parsed = clientMessageSchema().safeParse(given, inEnglish);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw invalidInput(
    issue?.code === 'unrecognized_keys' ? (issue.keys[0] ?? '') : (issue?.path.join('.') ?? ''),
    issue?.code === 'unrecognized_keys'
      ? 'is not a field of this message'
      : (issue?.message ?? 'is not valid'),
  );
}

function assertFits({ topic, ids }: Extract<ClientMessage, { action: 'subscribe' }>): void {
  if (topics[topic].ids === null && ids !== null)
    throw invalidInput('ids', `must be left out with topic ${topic}`);
  if (topic === 'chunks' && ids === null)
    throw invalidInput('ids', 'must name jobs: their chunks are told, not those of all jobs');
}
