/** Live connections of Consoles and notificators. Who connects is in it before the connection opens. */

import type { ConnectionItem, ConnectionKind, Subscription } from '../model/client.ts';
import { type Clock, timeAfter } from '../model/clock.ts';
import { keys } from './keys.ts';
import { everyItem } from './pages.ts';
import { equals, type Item, isThere, type Table, type Value } from './table.ts';

/** After its life, in which time to live may be late. */
const KEPT_SECONDS = 600;

export function connectionStore(table: Table, clock: Clock) {
  const isAlive = ({ goodUntil }: ConnectionItem): boolean => goodUntil > timeAfter(clock);

  return {
    async add(connection: ConnectionItem): Promise<void> {
      await table.put('farm', {
        ...keys.connection(connection.id),
        ...(connection as unknown as Record<string, Value>),
        expiresAt: Math.ceil(Date.parse(connection.goodUntil) / 1_000) + KEPT_SECONDS,
      });
    },

    /** Pattern L1. */
    async find(id: string): Promise<ConnectionItem | undefined> {
      const item = await table.get('farm', keys.connection(id), { consistent: true });
      const connection = item === undefined ? undefined : connectionOf(item);
      return connection !== undefined && isAlive(connection) ? connection : undefined;
    },

    /**
     * Every connection by its id, also those whose time is over. Strong: who was told that it is subscribed misses
     * nothing. Pattern L2.
     */
    async listAll(): Promise<ConnectionItem[]> {
      const connections: ConnectionItem[] = [];
      const query = { table: 'farm', partition: keys.connectionPartition, consistent: true } as const;
      for await (const item of everyItem(table, query)) connections.push(connectionOf(item));
      return connections;
    },

    /** Those of a kind that live. */
    async list(kind: ConnectionKind): Promise<ConnectionItem[]> {
      return (await this.listAll()).filter(
        (connection) => connection.kind === kind && connection.endReason === null && isAlive(connection),
      );
    },

    /** Subscribes to a topic, instead of what was before; the connection as it is now, or undefined if it is gone. */
    subscribe: (id: string, topic: string, subscription: Subscription) =>
      change(id, { set: { [`subscriptions.${topic}`]: subscription as unknown as Value } }),

    unsubscribe: (id: string, topic: string) => change(id, { remove: [`subscriptions.${topic}`] }),

    /** Notes that a connection is to be disconnected; whoever follows the change feed does it. False if it is gone. */
    async end(id: string, kind: ConnectionKind, endReason: string): Promise<boolean> {
      const guard = [...isThere, equals('kind', kind)];
      return (await table.update('farm', keys.connection(id), { set: { endReason } }, guard)).applied;
    },

    async remove(id: string): Promise<void> {
      await table.delete('farm', keys.connection(id));
    },
  };

  async function change(
    id: string,
    changes: Parameters<Table['update']>[2],
  ): Promise<ConnectionItem | undefined> {
    const guard = [...isThere, equals('endReason', null)];
    const result = await table.update('farm', keys.connection(id), changes, guard);
    if (!result.applied || result.item === undefined) return undefined;
    const connection = connectionOf(result.item);
    return isAlive(connection) ? connection : undefined;
  }
}

export type ConnectionStore = ReturnType<typeof connectionStore>;

export function connectionOf(item: Item): ConnectionItem {
  const { pk: _pk, sk: _sk, expiresAt: _expiresAt, ...connection } = item;
  return connection as unknown as ConnectionItem;
}
