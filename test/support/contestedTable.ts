/**
 * A store in which somebody else always gets there first: guarded writes to some items lose their guard, and
 * the item that stands in the way is the one that is there.
 */
import { kindOf } from '../../shared/store/keys.ts';
import type { Key, Table, WriteResult } from '../../shared/store/table.ts';
import type { TableName } from '../../shared/store/tables.ts';

export interface ContestedTable {
  readonly wrap: (table: Table) => Table;
  /** From now on guarded writes to items of these kinds are lost; with none, everything is as ever. */
  contest(...kinds: string[]): void;
}

export function contestedTable(): ContestedTable {
  let contested: readonly string[] = [];
  const isLost = (key: Key, guard: unknown): boolean =>
    guard !== undefined && contested.includes(kindOf(key));
  return {
    wrap: (table) => {
      const lose = async (name: TableName, { pk, sk }: Key): Promise<WriteResult> => ({
        applied: false,
        present: await table.get(name, { pk, sk }, { consistent: true }),
      });
      return {
        get: (...call) => table.get(...call),
        batchGet: (...call) => table.batchGet(...call),
        query: (...call) => table.query(...call),
        put: (name, item, guard) => (isLost(item, guard) ? lose(name, item) : table.put(name, item, guard)),
        update: (name, key, changes, guard) =>
          isLost(key, guard) ? lose(name, key) : table.update(name, key, changes, guard),
        delete: (name, key, guard) => (isLost(key, guard) ? lose(name, key) : table.delete(name, key, guard)),
        batchWrite: (...call) => table.batchWrite(...call),
        async transact(writes) {
          const lost = writes.findIndex((write) =>
            isLost(write.kind === 'put' ? write.item : write.key, write.guard),
          );
          return lost < 0 ? table.transact(writes) : { applied: false, lost };
        },
      };
    },
    contest(...kinds) {
      contested = kinds;
    },
  };
}
