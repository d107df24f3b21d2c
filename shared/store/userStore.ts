/** Users. */
import type { UserItem } from '../model/user.ts';
import { keys } from './keys.ts';
import { everyItem } from './pages.ts';
import { replaceByVersion } from './replaceByVersion.ts';
import { equals, type Item, type Table } from './table.ts';

export function userStore(table: Table) {
  return {
    /** Pattern U1. */
    async find(name: string, consistent = true): Promise<UserItem | undefined> {
      const item = await table.get('farm', keys.user(name), { consistent });
      return item === undefined ? undefined : userOf(item);
    },

    /** Every user by name. Pattern U3. */
    async list(consistent = false): Promise<UserItem[]> {
      const users: UserItem[] = [];
      const query = { table: 'farm', partition: keys.userPartition, consistent } as const;
      for await (const item of everyItem(table, query)) users.push(userOf(item));
      return users;
    },

    /** Writes the user if nobody changed them meanwhile; version 0 is a new one. */
    replace: (user: UserItem, seenVersion: number): Promise<boolean> =>
      replaceByVersion(table, keys.user(user.name), user, seenVersion),

    /** Removes the user if nobody changed them meanwhile. */
    async remove(name: string, seenVersion: number): Promise<boolean> {
      return (await table.delete('farm', keys.user(name), [equals('version', seenVersion)])).applied;
    },
  };
}

export type UserStore = ReturnType<typeof userStore>;

function userOf(item: Item): UserItem {
  const { pk: _pk, sk: _sk, ...user } = item;
  return user as unknown as UserItem;
}
