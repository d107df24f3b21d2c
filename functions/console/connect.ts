/**
 * `$connect`: whose token it is, and that it is still good once the connection is listed. One that is revoked before that
 * is seen here, one that is revoked later finds the connection in the list.
 *
 * The token comes in the `Authorization` header or, from browsers, which cannot set one, as a subprotocol. Neither is
 * ever in a log of API Gateway, as a query would be.
 */
import { LIVE_PROTOCOL, TOKEN_PROTOCOL } from '../../shared/contract/consoleEvents.ts';
import { userOf } from '../../shared/domain/permissions.ts';
import { DispatcherError, invalidInput } from '../../shared/errors.ts';
import {
  type ConnectionKind,
  clientVersionSchema,
  connectionKinds,
  MOST_CONNECTION_SECONDS,
} from '../../shared/model/client.ts';
import { timeAfter } from '../../shared/model/clock.ts';
import { isoTime } from '../../shared/model/time.ts';
import type { Context } from '../../shared/runtime/context.ts';
import type { SocketAnswer, SocketEvent } from './socketEvent.ts';

export async function connect(context: Context, event: SocketEvent): Promise<SocketAnswer> {
  const protocols = headerOf(event, 'sec-websocket-protocol')?.split(/\s*,\s*/) ?? [];
  const token = tokenIn(headerOf(event, 'authorization'), protocols);
  const found = await context.tokens.findGood(token);
  if (found === undefined) throw voidToken();
  const user = userOf(found.caller, 'connect');
  if (user.hookDepth !== undefined) throw voidToken();
  const { connectionId, identity } = event.requestContext;
  const endOfLife = context.clock.now() + MOST_CONNECTION_SECONDS * 1_000;
  await context.connections.add({
    id: connectionId,
    ...announcement(event.queryStringParameters ?? {}),
    username: user.name,
    tokenHash: found.hash,
    tokenId: user.tokenId,
    address: identity.sourceIp,
    connectedAt: timeAfter(context.clock),
    goodUntil: isoTime(Math.min(endOfLife, found.goodUntil)),
    subscriptions: {},
    endReason: null,
  });
  if ((await context.tokens.findGoodByHash(found.hash)) === undefined) {
    await context.connections.remove(connectionId);
    throw voidToken();
  }
  return {
    statusCode: 200,
    // A client that offers subprotocols ends the connection if none is chosen.
    ...(protocols.length === 0 ? {} : { headers: { 'Sec-WebSocket-Protocol': LIVE_PROTOCOL } }),
  };
}

/** Names of headers come as they were sent. */
const headerOf = ({ headers = {} }: SocketEvent, name: string): string | undefined =>
  Object.entries(headers).find(([key]) => key.toLowerCase() === name)?.[1];

function tokenIn(authorization: string | undefined, protocols: readonly string[]): string {
  const offered = protocols.find((protocol) => protocol.startsWith(TOKEN_PROTOCOL));
  const given =
    offered === undefined
      ? /^Bearer (.*)$/i.exec(authorization ?? '')?.[1]
      : offered.slice(TOKEN_PROTOCOL.length);
  if (given !== undefined && /^[\w-]{1,256}$/.test(given)) return given;
  throw new DispatcherError('unauthenticated', {
    reason: given === undefined ? 'none was sent' : 'what was sent is no token',
  });
}

const voidToken = (): DispatcherError =>
  new DispatcherError('unauthenticated', { reason: 'it is unknown or has expired' });

/** What the program says of itself. */
function announcement(query: NonNullable<SocketEvent['queryStringParameters']>): {
  readonly kind: ConnectionKind;
  readonly version: string;
} {
  const kind = query['kind'] ?? 'console';
  if (!isKind(kind)) throw invalidInput('kind', `must be ${connectionKinds.join(' or ')}`);
  const version = clientVersionSchema().safeParse(query['version'] ?? '');
  if (!version.success)
    throw invalidInput('version', 'must have at most 64 characters and none that controls');
  return { kind, version: version.data };
}

const isKind = (kind: string): kind is ConnectionKind =>
  (connectionKinds as readonly string[]).includes(kind);
