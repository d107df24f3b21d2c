/** Farm-wide limits, such as licences: counters that never exceed their maximum (invariant 5). */
import { keys } from './keys.ts';
import { everyItem } from './pages.ts';
import { absent, any, equals, lessThan, moreThan, type Table } from './table.ts';

export interface LimitUse {
  readonly name: string;
  readonly inUse: number;
  /** When the tick first saw `inUse` differ from what nodes hold. */
  readonly suspectSince: string | null;
  /** Version at that sight: while it stays, nobody takes or gives back. */
  readonly suspectVersion: number | null;
  readonly version: number;
}

export function limitStore(table: Table) {
  return {
    /** Takes one of a limit; false when all are out. */
    async take(name: string, maximum: number): Promise<boolean> {
      const guard = [any(absent('inUse'), lessThan('inUse', maximum))];
      return (
        maximum > 0 &&
        (await table.update('farm', keys.limit(name), { add: { inUse: 1, version: 1 } }, guard)).applied
      );
    },

    /** Gives one back. */
    async giveBack(name: string): Promise<void> {
      await table.update('farm', keys.limit(name), { add: { inUse: -1, version: 1 } }, [
        moreThan('inUse', 0),
      ]);
    },

    /** Every limit that was ever taken. Pattern F2. */
    async list(): Promise<LimitUse[]> {
      const limits: LimitUse[] = [];
      for await (const item of everyItem(table, { table: 'farm', partition: keys.limitPartition })) {
        limits.push({
          name: item.sk,
          inUse: Number(item['inUse']),
          suspectSince: (item['suspectSince'] ?? null) as string | null,
          suspectVersion: (item['suspectVersion'] ?? null) as number | null,
          version: Number(item['version']),
        });
      }
      return limits;
    },

    /** Sets what is in use, if nobody took or gave back meanwhile. */
    async correct(limit: LimitUse, inUse: number): Promise<boolean> {
      const changes = { set: { inUse, suspectSince: null }, add: { version: 1 } };
      return (await table.update('farm', keys.limit(limit.name), changes, [equals('version', limit.version)]))
        .applied;
    },

    /** Notes when a mismatch was first seen; the version stays. */
    async suspect({ name, version }: LimitUse, since: string): Promise<void> {
      const changes = { set: { suspectSince: since, suspectVersion: version } };
      await table.update('farm', keys.limit(name), changes, [equals('version', version)]);
    },
  };
}

export type LimitStore = ReturnType<typeof limitStore>;
