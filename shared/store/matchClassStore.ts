/** Match classes: each kept once, read by every node that looks for work. */
import type { MatchClass } from '../domain/matchClass.ts';
import type { Clock } from '../model/clock.ts';
import { Kept } from './kept.ts';
import { keys } from './keys.ts';
import { everyItem } from './pages.ts';
import { type Item, isNew, type Table, type Value } from './table.ts';

/** The longest that a new class is unknown to a claim; the dispatch pass reads its trigger's class itself. */
const KEPT_MS = 5_000;

export function matchClassStore(table: Table, clock: Clock) {
  const kept = new Kept<'classes', readonly MatchClass[]>(clock, KEPT_MS);
  const written = new Set<string>();

  return {
    /** Makes sure that a class is kept. Pattern M2. */
    async ensure(matchClass: MatchClass): Promise<void> {
      if (written.has(matchClass.id)) return;
      if ((await table.get('queue', keys.matchClass(matchClass.id))) === undefined) {
        const { id, ...requirements } = matchClass;
        await table.put(
          'queue',
          { ...keys.matchClass(id), ...(requirements as unknown as Record<string, Value>) },
          isNew,
        );
        kept.delete('classes');
      }
      written.add(matchClass.id);
    },

    /** Every class, at most five seconds old. Pattern M3. */
    async list(): Promise<readonly MatchClass[]> {
      const known = kept.get('classes');
      if (known !== undefined) return known;
      const classes: MatchClass[] = [];
      for await (const item of everyItem(table, { table: 'queue', partition: keys.matchClassPartition })) {
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
  const { pk: _pk, sk, ...requirements } = item;
  return { id: sk, ...(requirements as unknown as Omit<MatchClass, 'id'>) };
}
