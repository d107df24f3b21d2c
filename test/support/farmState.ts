/** Everything that a farm remembers, to compare before and after. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { TestFarm } from './startFarm.ts';

/** Tokens and remembered requests come and go with every call; they say nothing of the farm. */
const TRANSIENT = /^(TOKENS|REQUESTS)#/;

export type FarmState = Readonly<Record<string, unknown>>;

/** All items of the queue and the farm by their keys. */
export function farmState({ data }: Pick<TestFarm, 'data'>): FarmState {
  using database = new DatabaseSync(join(data, 'rollcall.db'), { readOnly: true });
  const items: Record<string, unknown> = {};
  for (const table of ['queue', 'farm']) {
    for (const { pk, sk, item } of database.prepare(`SELECT pk, sk, item FROM items_${table}`).all()) {
      if (!TRANSIENT.test(String(pk))) items[`${pk}/${sk}`] = JSON.parse(String(item));
    }
  }
  return items;
}

/** Runs some work that must leave the farm as it is. */
export async function assertUnchanged<T>(farm: Pick<TestFarm, 'data'>, work: () => Promise<T>): Promise<T> {
  const before = farmState(farm);
  const result = await work();
  assert.deepEqual(farmState(farm), before);
  return result;
}
