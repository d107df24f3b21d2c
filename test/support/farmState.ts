/** Everything that a farm remembers, to compare before and after. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { TestFarm } from './startFarm.ts';

/** Tokens, tries to log in and remembered requests come and go with every call; an id that was taken and not used is lost. */
const TRANSIENT = /^(TOKENS#|REQUESTS#|LOGINS#|COUNTERS$)/;

export type FarmState = ReadonlyMap<string, string>;

/** All items of the queue and the farm, as text, by their keys. */
export function farmState({ data }: Pick<TestFarm, 'data'>): FarmState {
  using database = new DatabaseSync(join(data, 'rollcall.db'), { readOnly: true });
  return new Map(
    ['queue', 'farm'].flatMap((table) =>
      database
        .prepare(`SELECT pk, sk, item FROM items_${table}`)
        .all()
        .filter(({ pk }) => !TRANSIENT.test(String(pk)))
        .map(({ pk, sk, item }): [string, string] => [`${pk}/${sk}`, String(item)]),
    ),
  );
}

/** Runs some work that must leave the farm as it is. */
export async function assertUnchanged<T>(farm: Pick<TestFarm, 'data'>, work: () => Promise<T>): Promise<T> {
  const before = farmState(farm);
  const result = await work();
  assert.deepEqual(changedItems(before, farmState(farm)), []);
  return result;
}

/** Items that came, went or changed: the key, then the text before and after. */
export function changedItems(before: FarmState, after: FarmState): (string | undefined)[][] {
  return [...new Set([...before.keys(), ...after.keys()])]
    .filter((key) => before.get(key) !== after.get(key))
    .map((key) => [key, before.get(key), after.get(key)]);
}
