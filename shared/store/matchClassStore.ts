/**
 * Match classes: each kept once, read by every node that looks for work. One that no job asks for any more goes, or each
 * demand that was ever made would be read for ever.
 */
import type { MatchClass } from '../domain/matchClass.ts';
import type { Clock } from '../model/clock.ts';
import { Kept } from './kept.ts';
import { keys } from './keys.ts';
import { everyItem } from './pages.ts';
import type { Item, Table, Value } from './table.ts';

/** The longest that a new class is unknown to a claim; the dispatch pass reads its trigger's class itself. */
const KEPT_MS = 5_000;
const DAY_MS = 86_400_000;
/** How long a class stays that nobody has made sure of. */
const STAYS_MS = 8 * DAY_MS;
/** When to write it anew: once a day, and a week before it goes. */
const REST_MS = 7 * DAY_MS;

export function matchClassStore(table: Table, clock: Clock) {
  const kept = new Kept<'classes', readonly MatchClass[]>(clock, KEPT_MS);
  /** Classes that stay for more than a week. */
  const stays = new Kept<string, true>(clock, DAY_MS);
  const note = ({ sk, expiresAt }: Item): void =>
    void stays.put(sk, true, Number(expiresAt) * 1_000 - REST_MS);

  return {
    /** Makes sure that a class stays for a week at least; answers whether it had to be written. Pattern M2. */
    async ensure(matchClass: MatchClass): Promise<boolean> {
      const { id, ...requirements } = matchClass;
      if (stays.get(id)) return false;
      const found = await table.get('queue', keys.matchClass(id));
      if (found !== undefined) note(found);
      if (stays.get(id)) return false;
      const item: Item = {
        ...keys.matchClass(id),
        ...(requirements as unknown as Record<string, Value>),
        expiresAt: Math.floor((clock.now() + STAYS_MS) / 1_000),
      };
      // Unguarded: whoever else writes a class of this id writes the same, at about the same time.
      await table.put('queue', item);
      if (found === undefined) kept.delete('classes');
      note(item);
      return true;
    },

    /** Every class, at most five seconds old. Pattern M3. */
    async list(): Promise<readonly MatchClass[]> {
      const known = kept.get('classes');
      if (known !== undefined) return known;
      const classes: MatchClass[] = [];
      for await (const item of everyItem(table, { table: 'queue', partition: keys.matchClassPartition })) {
        note(item);
        classes.push(classOf(item));
      }
      return kept.put('classes', classes);
    },

    /** Pattern M2. */
    async find(id: string): Promise<MatchClass | undefined> {
      const item = await table.get('queue', keys.matchClass(id), { consistent: true });
      return item === undefined ? undefined : classOf(item);
    },
  };
}

export type MatchClassStore = ReturnType<typeof matchClassStore>;

function classOf(item: Item): MatchClass {
  const { pk: _pk, sk, expiresAt: _expires, ...requirements } = item;
  return { id: sk, ...(requirements as unknown as Omit<MatchClass, 'id'>) };
}
