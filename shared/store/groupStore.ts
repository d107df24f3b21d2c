/** Groups of users. Who is in them stands with the users. */
import type { Group } from '../model/group.ts';
import { keys } from './keys.ts';
import { everyItem } from './pages.ts';
import { replaceByVersion } from './replaceByVersion.ts';
import type { Item, Table } from './table.ts';

export function groupStore(table: Table) {
  return {
    /** Pattern G1. */
    async find(name: string): Promise<Group | undefined> {
      const item = await table.get('farm', keys.group(name), { consistent: true });
      return item === undefined ? undefined : groupOf(item);
    },

    /** Those of these groups that are there. Pattern G2. */
    async findMany(names: readonly string[], consistent = false): Promise<Group[]> {
      const items = await table.batchGet('farm', [...new Set(names)].map(keys.group), { consistent });
      return items.map(groupOf);
    },

    /** Every group by name. Pattern G3. */
    async list(): Promise<Group[]> {
      const groups: Group[] = [];
      const query = { table: 'farm', partition: keys.groupPartition } as const;
      for await (const item of everyItem(table, query)) groups.push(groupOf(item));
      return groups;
    },

    /** Writes the group if nobody changed it meanwhile; version 0 is a new one. */
    replace: (group: Group, seenVersion: number): Promise<boolean> =>
      replaceByVersion(table, keys.group(group.name), group, seenVersion),

    async remove(name: string): Promise<void> {
      await table.delete('farm', keys.group(name));
    },
  };
}

export type GroupStore = ReturnType<typeof groupStore>;

function groupOf(item: Item): Group {
  const { pk: _pk, sk: _sk, ...group } = item;
  return group as unknown as Group;
}
