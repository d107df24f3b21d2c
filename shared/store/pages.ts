/** Opaque page tokens, and lists that are merged from several partitions in the order of their ids. */
import * as z from 'zod/mini';
import { invalidInput } from '../errors.ts';
import { boundedInt } from '../model/bounded.ts';
import { onDemand } from '../model/onDemand.ts';
import { keys, SHARDS } from './keys.ts';
import type { Item, Query, Table } from './table.ts';

const tokenSchema = onDemand(() =>
  z.strictObject({ at: z.union([boundedInt(0), z.string()]), kind: z.string() }),
);

/** A token that says where a list of this kind goes on. */
export const pageToken = (kind: string, at: number | string): string =>
  Buffer.from(JSON.stringify({ kind, at })).toString('base64url');

/** Where a list goes on; `invalid-input` for a token of another list or none of ours. */
export function readPageToken(kind: string, token: string | undefined): number | undefined {
  const at = placeIn(kind, token);
  if (typeof at === 'string') throw notOfThisList();
  return at;
}

/** The same for a list in the order of names or times. */
export function readTextPageToken(kind: string, token: string | undefined): string | undefined {
  const at = placeIn(kind, token);
  if (typeof at === 'number') throw notOfThisList();
  return at;
}

function placeIn(kind: string, token: string | undefined): number | string | undefined {
  if (token === undefined) return undefined;
  const decoded = tokenSchema().safeParse(decode(token));
  if (!decoded.success || decoded.data.kind !== kind) throw notOfThisList();
  return decoded.data.at;
}

const notOfThisList = (): Error =>
  invalidInput('pageToken', 'must be the nextPageToken of a page of this very list');

function decode(token: string): unknown {
  try {
    return JSON.parse(Buffer.from(token, 'base64url').toString('utf8'));
  } catch {
    // Whatever is not ours is refused by the schema.
    return undefined;
  }
}

/** Every item of a partition, page by page. */
export async function* everyItem(table: Table, query: Query): AsyncGenerator<Item> {
  let after = query.after;
  do {
    const page = await table.query({ ...query, ...(after === undefined ? {} : { after }) });
    yield* page.items;
    after = page.next;
  } while (after !== undefined);
}

interface PageRequest {
  readonly limit: number;
  readonly pageToken?: string | undefined;
}

/** A page of a list that is read whole, in the order of names; `kind` marks its tokens. */
export function pageOfNames<Entry extends { readonly name: string }>(
  kind: string,
  entries: readonly Entry[],
  { limit, pageToken: token }: PageRequest,
): { entries: Entry[]; nextPageToken: string | null } {
  const after = readTextPageToken(kind, token);
  const rest = entries.filter(({ name }) => after === undefined || name > after);
  return firstPage(kind, rest, limit, ({ name }) => name);
}

/** The same in the order of ids. */
export function pageOfIds<Entry extends { readonly id: number }>(
  kind: string,
  entries: readonly Entry[],
  { limit, pageToken: token }: PageRequest,
): { entries: Entry[]; nextPageToken: string | null } {
  const after = readPageToken(kind, token) ?? 0;
  const rest = entries.filter(({ id }) => id > after).sort((a, b) => a.id - b.id);
  return firstPage(kind, rest, limit, ({ id }) => id);
}

function firstPage<Entry>(
  kind: string,
  rest: readonly Entry[],
  limit: number,
  placeOf: (entry: Entry) => number | string,
): { entries: Entry[]; nextPageToken: string | null } {
  const entries = rest.slice(0, limit);
  const last = entries.at(-1);
  const isLast = last === undefined || rest.length <= limit;
  return { entries, nextPageToken: isLast ? null : pageToken(kind, placeOf(last)) };
}

export interface MergedPage {
  readonly items: readonly Item[];
  /** Id after which the list goes on; undefined at its end. */
  readonly nextAfter: number | undefined;
}

/**
 * One page of entities that are spread over {@link SHARDS} partitions by id, merged in the order of their ids.
 * Each partition is asked for its share and a little more: ids are dealt out in turn, so that mostly suffices;
 * what a partition did not get to is left for the next page.
 */
export async function mergedPage(
  table: Table,
  name: Query['table'],
  partition: (shard: number) => string,
  options: {
    readonly after: number | undefined;
    readonly limit: number;
    readonly backward?: boolean;
    readonly consistent?: boolean;
  },
): Promise<MergedPage> {
  const share = Math.ceil(options.limit / SHARDS) + 1;
  const backward = options.backward ?? false;
  const start =
    options.after === undefined
      ? {}
      : backward
        ? { to: keys.sortOf(options.after - 1) }
        : { from: keys.sortOf(options.after + 1) };
  const pages = await Promise.all(
    Array.from({ length: SHARDS }, (_, shard) =>
      table.query({
        table: name,
        partition: partition(shard),
        limit: share,
        backward,
        consistent: options.consistent ?? false,
        ...start,
      }),
    ),
  );
  const items = pages
    .flatMap((page) => page.items)
    .sort((a, b) => (backward ? (a.sk < b.sk ? 1 : -1) : a.sk < b.sk ? -1 : 1));
  // A partition with more to come hides what lies beyond its last item.
  const horizons = pages.flatMap((page) => {
    const last = page.items.at(-1);
    return page.next !== undefined && last !== undefined ? [last.sk] : [];
  });
  const horizon = horizons.sort().at(backward ? -1 : 0);
  const visible =
    horizon === undefined
      ? items
      : items.filter((item) => (backward ? item.sk >= horizon : item.sk <= horizon));
  const taken = visible.slice(0, options.limit);
  const isEnd = horizon === undefined && taken.length === items.length;
  const last = taken.at(-1);
  return { items: taken, nextAfter: isEnd || last === undefined ? undefined : keys.idIn(last.sk) };
}
