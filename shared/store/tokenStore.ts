/**
 * Tokens, kept as their hashes only. Those of users and of joining nodes are listed beside, so that they can be revoked; those
 * of hooks are too short-lived for that.
 */
import { hash } from 'node:crypto';
import { callerOf, hookCaller } from '../domain/permissions.ts';
import { type Clock, timeAfter } from '../model/clock.ts';
import type { Caller, Token, TokenHolder } from '../model/user.ts';
import type { GroupStore } from './groupStore.ts';
import { Kept } from './kept.ts';
import { keys } from './keys.ts';
import { everyItem } from './pages.ts';
import type { Item, Table, Value } from './table.ts';
import type { UserStore } from './userStore.ts';

/** How long a token is believed without looking again: the longest that a revoked one, or a right, still works. */
const BELIEVED_MS = 30_000;

interface TokenNote {
  /** null for a token that is good until it is revoked. */
  readonly expiresAt: string | null;
  readonly description?: string;
  readonly createdBy?: string;
}

/** A token that is good, with whom it stands for. */
interface GoodToken {
  readonly caller: Caller;
  readonly hash: string;
  /** Milliseconds since 1970; infinite for one that is good until it is revoked. */
  readonly goodUntil: number;
}

export function tokenStore(table: Table, clock: Clock, users: UserStore, groups: GroupStore) {
  const believed = new Kept<string, Caller>(clock, BELIEVED_MS);

  /** The caller that a user's token stands for now; undefined if the user is gone or the token void. */
  async function findUserCaller(name: string, token: Item, isStrong: boolean): Promise<Caller | undefined> {
    // Who was added a moment ago may not be seen by the cheap read yet.
    const user = (isStrong ? undefined : await users.find(name, false)) ?? (await users.find(name));
    if (user === undefined || !user.isEnabled || String(token['createdAt']) < user.tokensSince)
      return undefined;
    const theirGroups = user.groups.length === 0 ? [] : await groups.findMany(user.groups);
    return callerOf(user, theirGroups, String(token['id']));
  }

  async function findHolder(
    holder: TokenHolder,
    token: Item,
    isStrong: boolean,
  ): Promise<Caller | undefined> {
    if (holder.kind === 'hook') return hookCaller(holder, String(token['id']));
    return holder.kind === 'user' ? findUserCaller(holder.name, token, isStrong) : holder;
  }

  return {
    /** Keeps a token. Listed first: what is not in the list cannot be revoked. */
    async add(
      token: string,
      holder: TokenHolder,
      note: TokenNote,
    ): Promise<{ readonly hash: string; readonly id: string }> {
      const tokenHash = hashOf(token);
      const id = idOf(tokenHash);
      const createdAt = timeAfter(clock);
      const { expiresAt, description = '', createdBy = holder.kind === 'user' ? holder.name : '' } = note;
      const vanishes: Record<string, Value> =
        expiresAt === null ? {} : { expiresAt: Math.floor(Date.parse(expiresAt) / 1000) };
      if (holder.kind !== 'node' && holder.kind !== 'hook') {
        await table.put('farm', {
          ...keys.listedToken(listOf(holder), id),
          ...vanishes,
          hash: tokenHash,
          kind: holder.kind,
          description,
          createdAt,
          createdBy,
          goodUntil: expiresAt,
        });
      }
      await table.put('farm', {
        ...keys.token(tokenHash),
        ...vanishes,
        holder: holder as unknown as Value,
        id,
        createdAt,
      });
      return { hash: tokenHash, id };
    },

    /** Forgets a token by its hash. Processes that have seen it believe it for half a minute more. */
    async remove(tokenHash: string): Promise<void> {
      believed.delete(tokenHash);
      await table.delete('farm', keys.token(tokenHash));
    },

    /** Forgets a listed token, the list last: whoever repeats the request finds it. False if there is none. Pattern U5. */
    async revoke(list: TokenList, id: string): Promise<boolean> {
      const key = keys.listedToken(listOf(list), id);
      const item = await table.get('farm', key, { consistent: true });
      if (item === undefined) return false;
      await this.remove(String(item['hash']));
      await table.delete('farm', key);
      return true;
    },

    /** Forgets every token of a user. */
    async revokeAll(name: string): Promise<void> {
      const holder = { kind: 'user', name } as const;
      for (const { id } of await this.list(holder)) await this.revoke(holder, id);
    },

    /** The tokens of a user, or those that nodes join with, which are still good. Pattern U4. */
    async list(list: TokenList): Promise<Token[]> {
      const tokens: Token[] = [];
      const partition = keys.tokenListPartition(listOf(list));
      for await (const item of everyItem(table, { table: 'farm', partition, consistent: true })) {
        const token = listedToken(item);
        if (token.expiresAt === null || Date.parse(token.expiresAt) > clock.now()) tokens.push(token);
      }
      return tokens;
    },

    /** Whose token this is; undefined for an unknown, expired or void one. */
    async findCaller(token: string): Promise<Caller | undefined> {
      const tokenHash = hashOf(token);
      const known = believed.get(tokenHash);
      if (known !== undefined) return known;
      const found = await this.findGoodByHash(tokenHash, false);
      return found === undefined ? undefined : believed.put(tokenHash, found.caller, found.goodUntil);
    },

    /** The same of what is kept at this moment. */
    findGood(token: string): Promise<GoodToken | undefined> {
      return this.findGoodByHash(hashOf(token));
    },

    /** A token by its hash; strong unless told. Pattern U2. */
    async findGoodByHash(tokenHash: string, isStrong = true): Promise<GoodToken | undefined> {
      // A token that was made a moment ago may not be seen by the cheap read yet; its holder would take itself for a
      // stranger.
      const item =
        (isStrong ? undefined : await table.get('farm', keys.token(tokenHash))) ??
        (await table.get('farm', keys.token(tokenHash), { consistent: true }));
      if (item === undefined) return undefined;
      // Time to live removes items late, so the time is looked at too.
      const goodUntil = Number(item['expiresAt'] ?? Number.POSITIVE_INFINITY) * 1_000;
      if (goodUntil <= clock.now()) return undefined;
      const holder = item['holder'] as unknown as TokenHolder;
      const caller = await findHolder(holder, item, isStrong);
      return caller === undefined ? undefined : { caller, hash: tokenHash, goodUntil };
    },
  };
}

export type TokenStore = ReturnType<typeof tokenStore>;

/** Whose tokens: a user's, or the farm's for joining nodes. */
export type TokenList = Exclude<TokenHolder, { kind: 'node' | 'hook' }>;

const listOf = (list: TokenList): string => (list.kind === 'user' ? `user#${list.name}` : list.kind);

/** Tokens are random, so a plain hash keeps them secret at rest. */
const hashOf = (token: string): string => hash('sha256', token, 'base64url');

/** Enough of the hash to tell the tokens of a farm apart. */
const idOf = (tokenHash: string): string => tokenHash.slice(0, 16);

function listedToken(item: Item): Token {
  return {
    id: item.sk,
    kind: item['kind'] as Token['kind'],
    description: String(item['description']),
    createdAt: String(item['createdAt']),
    createdBy: String(item['createdBy']),
    expiresAt: item['goodUntil'] as string | null,
  };
}
