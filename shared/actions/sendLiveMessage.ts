/** Sends a message to a Console or notificator, or to all. The item is what is sent: whoever follows the change feed does it. */
import { invalidInput, notFound } from '../errors.ts';
import type { ConnectionKind } from '../model/client.ts';
import { timeAfter } from '../model/clock.ts';
import type { Context } from '../runtime/context.ts';
import type { Once } from './once.ts';
import { connectionNames, getConnection } from './viewConnection.ts';

interface Sending {
  readonly id: string;
  readonly templateId: number;
  readonly message: string;
  readonly brodcast: boolean;
}

export async function sendLiveMessage(
  context: Context,
  kind: ConnectionKind,
  { id, templateId, message, brodcast }: Sending,
  from: string,
  once: Once,
): Promise<{ readonly messageId: string }> {
  if (!brodcast && id === '')
    throw invalidInput('id', `must be a ${connectionNames[kind]} unless brodcast is true; it is empty`);
  const { value: messageId } = await once.reserve(async () => {
    if (!brodcast) await getConnection(context, kind, id);
    return newMessageId(context);
  });
  await context.messages.send({
    messageId,
    kind,
    connectionId: brodcast ? null : id,
    templateId,
    text: message,
    from,
    sentAt: timeAfter(context.clock),
  });
  return { messageId };
}

/** Disconnects whoever follows the change feed is told to; a repeated request finds it gone, and that is its effect. */
export async function forceDisconnection(
  context: Context,
  kind: ConnectionKind,
  id: string,
  by: string,
  once: Once,
): Promise<void> {
  const { isRepeat } = await once.reserve(async () => null);
  const isThere = await context.connections.end(id, kind, `${by} has disconnected it`);
  if (!isThere && !isRepeat) throw notFound(connectionNames[kind], id);
}

/** Sorts by time. */
export const newMessageId = (context: Context): string =>
  `${String(context.clock.now()).padStart(14, '0')}-${context.newToken()}`;
