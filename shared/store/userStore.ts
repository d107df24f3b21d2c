/** Users and tokens. A token is kept as its hash only. */
import { hash } from 'node:crypto';
import type { Clock } from '../model/clock.ts';
import type { Caller, UserItem } from '../model/user.ts';
import { Kept } from './kept.ts';
import { keys } from './keys.ts';
import { type Item, isNew, type Table, type Value } from './table.ts';

/** How long a token is believed without looking again: the longest that a revoked one still works. */
const BELIEVED_MS = 30_000;

export function userStore(table: Table, clock: Clock) {
  const believed = new Kept<string, Caller>(clock, BELIEVED_MS);

  return {
    /** Pattern U1. */
    async find(name: string): Promise<UserItem | undefined> {
      const item = await table.get('farm', keys.user(name), { consistent: true });
      if (item === undefined) return undefined;
      const { pk: _pk, sk: _sk, ...user } = item;
      return user as unknown as UserItem;
    },

    /** Adds a user; false if the name is taken. */
    async add(user: UserItem): Promise<boolean> {
      return (
        await table.put(
          'farm',
          { ...keys.user(user.name), ...(user as unknown as Record<string, Value>) },
          isNew,
        )
      ).applied;
    },

    /** Sets the password of a user that is there. */
    async setPassword(name: string, passwordHash: string): Promise<void> {
      await table.update('farm', keys.user(name), { set: { passwordHash } });
    },

    /** Keeps a token until a moment, or for good; answers with its hash. */
    async addToken(token: string, caller: Caller, expiresAt: string | null): Promise<string> {
      const item: Item = {
        ...keys.token(hashOf(token)),
        caller: caller as unknown as Value,
        ...(expiresAt === null ? {} : { expiresAt: Math.floor(Date.parse(expiresAt) / 1000) }),
      };
      await table.put('farm', item);
      return hashOf(token);
    },

    /** Forgets a token by its hash. Processes that have seen it believe it for half a minute more. */
    async removeToken(hash: string): Promise<void> {
      believed.delete(hash);
      await table.delete('farm', keys.token(hash));
    },

    /** Whose token this is; undefined for an unknown or expired one. Pattern U2. */
    async findCaller(token: string): Promise<Caller | undefined> {
      const hash = hashOf(token);
      const known = believed.get(hash);
      if (known !== undefined) return known;
      // A token that was made a moment ago may not be seen by the cheap read yet; its holder would take itself for a
      // stranger.
      const item =
        (await table.get('farm', keys.token(hash))) ??
        (await table.get('farm', keys.token(hash), { consistent: true }));
      if (item === undefined) return undefined;
      // Time to live removes items late, so the time is looked at too.
      const goodUntil = Number(item['expiresAt'] ?? Number.POSITIVE_INFINITY) * 1_000;
      if (goodUntil <= clock.now()) return undefined;
      return believed.put(hash, item['caller'] as unknown as Caller, goodUntil);
    },
  };
}

export type UserStore = ReturnType<typeof userStore>;

/** Tokens are random, so a plain hash keeps them secret at rest. */
const hashOf = (token: string): string => hash('sha256', token, 'base64url');
