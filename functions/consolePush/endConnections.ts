/** Who is disconnected: by hand, and when the token or the user is not good any more. */
import type { ServerMessage } from '../../shared/contract/consoleEvents.ts';
import type { ConnectionItem } from '../../shared/model/client.ts';
import { timeAfter } from '../../shared/model/clock.ts';
import type { Context } from '../../shared/runtime/context.ts';
import type { Happening } from './changesIn.ts';

/** Connections that are over, with the reason that they are told. */
export async function voidConnections(
  context: Context,
  connections: readonly ConnectionItem[],
  happenings: readonly Happening[],
): Promise<ReadonlyMap<string, string>> {
  const over = new Map<string, string>();
  const now = timeAfter(context.clock);
  const users = new Set(happenings.flatMap((one) => (one.kind === 'user' ? one.name : [])));
  const tokens = new Set(happenings.flatMap((one) => (one.kind === 'token' ? one.hash : [])));
  const forced = new Set(happenings.flatMap((one) => (one.kind === 'end' ? one.connectionId : [])));
  for (const { id, endReason, goodUntil, username, tokenHash } of connections) {
    if (endReason !== null && forced.has(id)) over.set(id, endReason);
    else if (goodUntil <= now) over.set(id, 'its time is over; connect again');
    else if (
      tokens.has(tokenHash) ||
      (users.has(username) && (await context.tokens.findGoodByHash(tokenHash)) === undefined)
    )
      over.set(id, 'its token is not good any more');
  }
  return over;
}

/**
 * Says why, unless the connection takes no messages, disconnects and forgets it. If the gateway does not answer it is
 * forgotten all the same: it hears nothing any more, and its next ping is answered so that it connects again.
 */
export async function endConnection(
  context: Context,
  connectionId: string,
  reason: string | null,
): Promise<void> {
  try {
    if (reason !== null) {
      const message: ServerMessage = { kind: 'closing', reason };
      await context.push.send(connectionId, JSON.stringify(message));
    }
    await context.push.disconnect(connectionId);
  } catch (error) {
    context.logger.log('console-dropped', { connectionId }, error);
  }
  await context.connections.remove(connectionId);
}
