/** Adds what somebody says to the log of the dispatcher. */
import { timeAfter } from '../model/clock.ts';
import type { Context } from '../runtime/context.ts';
import { noteActivity } from './noteActivity.ts';
import type { Once } from './once.ts';

export async function addLogMessage(
  context: Context,
  what: 'message' | 'internal-message',
  user: string,
  message: string,
  once: Once,
): Promise<void> {
  const { value } = await once.reserve(async () => ({
    at: timeAfter(context.clock),
    id: context.newToken(),
  }));
  // One message is one line, whatever is in it.
  const text = message.replace(/\p{Cc}+/gu, ' ');
  await noteActivity(context, [{ ...value, user, what, text }]);
}
