/** Tells Consoles to load a list again. The item is what is told: whoever follows the change feed sends it. */
import type { Context } from '../runtime/context.ts';
import type { ListNews } from '../store/messageStore.ts';
import type { Once } from './once.ts';
import { newMessageId } from './sendLiveMessage.ts';

export async function announceList(context: Context, list: ListNews['list'], once: Once): Promise<void> {
  const { value: id } = await once.reserve(async () => newMessageId(context));
  await context.messages.announce(id, { list });
}
