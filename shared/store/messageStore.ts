/** Messages to Consoles and notificators, and news that lists have changed. They are told by who follows the change feed. */

import type { LiveMessage } from '../model/client.ts';
import type { Clock } from '../model/clock.ts';
import { keys } from './keys.ts';
import { type Item, isNew, type Table, type Value } from './table.ts';

/** Nobody reads them again. */
const KEPT_SECONDS = 3_600;

/** A list that Consoles should load again. */
export interface ListNews {
  readonly list: 'pools' | 'repositories';
}

export function messageStore(table: Table, clock: Clock) {
  const put = async (id: string, content: object): Promise<void> => {
    const expiresAt = Math.floor(clock.now() / 1_000) + KEPT_SECONDS;
    await table.put('farm', { ...keys.message(id), ...(content as Record<string, Value>), expiresAt }, isNew);
  };
  return {
    /** The same message once more changes nothing. */
    send: (message: LiveMessage): Promise<void> => put(message.messageId, message),
    /** The same. */
    announce: (id: string, news: ListNews): Promise<void> => put(id, news),
  };
}

export type MessageStore = ReturnType<typeof messageStore>;

export function messageOf(item: Item): LiveMessage | ListNews {
  const { pk: _pk, sk: _sk, expiresAt: _expiresAt, ...content } = item;
  return content as unknown as LiveMessage | ListNews;
}
