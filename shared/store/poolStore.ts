/** Pools as they were set up by hand. Who is in them stands with the nodes. */
import type { PoolItem } from '../model/pool.ts';
import { keys } from './keys.ts';
import { everyItem } from './pages.ts';
import { replaceByVersion } from './replaceByVersion.ts';
import type { Item, Table } from './table.ts';

export function poolStore(table: Table) {
  return {
    /** Pattern P1. */
    async find(name: string): Promise<PoolItem | undefined> {
      const item = await table.get('farm', keys.pool(name), { consistent: true });
      return item === undefined ? undefined : poolOf(item);
    },

    /** Every pool that was set up. Pattern P2. */
    async list(): Promise<PoolItem[]> {
      const pools: PoolItem[] = [];
      const query = { table: 'farm', partition: keys.poolPartition } as const;
      for await (const item of everyItem(table, query)) pools.push(poolOf(item));
      return pools;
    },

    /** Writes the pool if nobody changed it meanwhile; version 0 is a new one. */
    replace: (pool: PoolItem, seenVersion: number): Promise<boolean> =>
      replaceByVersion(table, keys.pool(pool.name), pool, seenVersion),

    async remove(name: string): Promise<void> {
      await table.delete('farm', keys.pool(name));
    },
  };
}

export type PoolStore = ReturnType<typeof poolStore>;

function poolOf(item: Item): PoolItem {
  const { pk: _pk, sk: _sk, ...pool } = item;
  return pool as unknown as PoolItem;
}
