/**
 * The table port: what Rollcall asks of a database, and no more. Two adapters keep it, `dynamoTable.ts`
 * and `local/store/sqliteTable.ts`; one suite (`test/store/tableContract.ts`) is run against both.
 *
 * Semantics are DynamoDB's: items are maps under a partition and a sort key, a write touches one item and
 * may be guarded by clauses on the item as it is at that moment, index reads may lag, and each change of a
 * table that has a feed appears there at least once, in order per item.
 */
import type { IndexName, TableName } from './tables.ts';

/** What an attribute may hold. Numbers are finite; `undefined` never reaches an adapter. */
export type Value = string | number | boolean | null | readonly Value[] | { readonly [name: string]: Value };

/** Address of an item. Both parts are non-empty strings, at most 1024 bytes. */
export interface Key {
  readonly pk: string;
  readonly sk: string;
}

export type Item = Key & { readonly [name: string]: Value };

/** Refers to another attribute of the same item on the right side of a comparison. */
export interface AttributeReference {
  readonly attribute: string;
}

export type Operand = string | number | boolean | null | AttributeReference;

/**
 * One clause of a guard. `path` is an attribute name or a dotted path into maps (`assignment.token`).
 * A comparison with an attribute that is absent is false, `notEquals` included true, as in DynamoDB.
 */
export type Clause =
  | { readonly kind: 'exists'; readonly path: string }
  | { readonly kind: 'absent'; readonly path: string }
  | {
      readonly kind: 'compare';
      readonly path: string;
      readonly operator: '=' | '<>' | '<' | '<=' | '>' | '>=';
      readonly operand: Operand;
    }
  | { readonly kind: 'oneOf'; readonly path: string; readonly values: readonly (string | number)[] }
  | { readonly kind: 'all'; readonly clauses: readonly Clause[] }
  | { readonly kind: 'any'; readonly clauses: readonly Clause[] };

/** A guard holds when every clause holds. An empty list always holds. */
export type Guard = readonly Clause[];

export const exists = (path: string): Clause => ({ kind: 'exists', path });
export const absent = (path: string): Clause => ({ kind: 'absent', path });
export const equals = (path: string, operand: Operand): Clause => compare(path, '=', operand);
export const notEquals = (path: string, operand: Operand): Clause => compare(path, '<>', operand);
export const lessThan = (path: string, operand: Operand): Clause => compare(path, '<', operand);
export const atMost = (path: string, operand: Operand): Clause => compare(path, '<=', operand);
export const moreThan = (path: string, operand: Operand): Clause => compare(path, '>', operand);
export const atLeast = (path: string, operand: Operand): Clause => compare(path, '>=', operand);
export const oneOf = (path: string, values: readonly (string | number)[]): Clause => ({
  kind: 'oneOf',
  path,
  values,
});
export const all = (...clauses: Clause[]): Clause => ({ kind: 'all', clauses });
export const any = (...clauses: Clause[]): Clause => ({ kind: 'any', clauses });
export const attribute = (name: string): AttributeReference => ({ attribute: name });

/** The item does not exist yet. */
export const isNew: Guard = [absent('pk')];
/** The item exists. */
export const isThere: Guard = [exists('pk')];

function compare(path: string, operator: '=' | '<>' | '<' | '<=' | '>' | '>=', operand: Operand): Clause {
  return { kind: 'compare', path, operator, operand };
}

/**
 * How an update changes an item. Names are attributes or dotted paths into maps that exist. The four parts
 * must not name the same path twice. An update of an absent item creates it, as in DynamoDB: guard with
 * {@link isThere} where that is not wanted.
 */
export interface Changes {
  /** Sets attributes to values. */
  readonly set?: { readonly [path: string]: Value };
  /** Sets attributes that are absent; leaves present ones alone. */
  readonly setIfAbsent?: { readonly [path: string]: Value };
  /** Adds to top-level numeric attributes; an absent one counts as 0. Not safe to repeat. */
  readonly add?: { readonly [name: string]: number };
  readonly remove?: readonly string[];
}

/**
 * Result of a guarded write. A lost guard is an ordinary answer, not an error: `present` is the item that
 * stood in the way, undefined if there is none. It can be the caller's own write, when an answer was lost on the
 * way and the write was sent again: who must tell, looks for its token in `present`.
 */
export type WriteResult =
  | {
      readonly applied: true;
      /** The item as it is now; for a delete, as it was. */
      readonly item: Item | undefined;
    }
  | { readonly applied: false; readonly present: Item | undefined };

export interface Query {
  readonly table: TableName;
  /** Without an index the table itself is read. */
  readonly index?: IndexName;
  readonly partition: string;
  /** Bounds of the sort key, both inclusive. Bounds that exclude everything find nothing. */
  readonly from?: string;
  readonly to?: string;
  /** Reads on after this place; a `next` of the page before. */
  readonly after?: Key & { readonly [name: string]: Value };
  /** At most so many items, 1-1000. Without it a page ends at 1 MB, as in DynamoDB. */
  readonly limit?: number;
  /** Largest sort key first. */
  readonly backward?: boolean;
  /** Strong read. Refused on an index. */
  readonly consistent?: boolean;
}

export interface Page {
  readonly items: readonly Item[];
  /** Present when there may be more. */
  readonly next?: Key & { readonly [name: string]: Value };
}

/** One write of a transaction. */
export type TransactWrite =
  | { readonly kind: 'put'; readonly table: TableName; readonly item: Item; readonly guard?: Guard }
  | {
      readonly kind: 'update';
      readonly table: TableName;
      readonly key: Key;
      readonly changes: Changes;
      readonly guard?: Guard;
    }
  | { readonly kind: 'delete'; readonly table: TableName; readonly key: Key; readonly guard?: Guard }
  | { readonly kind: 'check'; readonly table: TableName; readonly key: Key; readonly guard: Guard };

/** `lost` is the position of a write whose guard failed. */
export type TransactResult = { readonly applied: true } | { readonly applied: false; readonly lost: number };

/**
 * Request units of one call: W for writes (1 per started KB, index writes included, a lost guard costs what
 * the write would have), R for reads (0.5 per started 4 KB, 1 when strong).
 */
export interface CapacityUse {
  readonly table: TableName;
  readonly verb: 'get' | 'batchGet' | 'query' | 'put' | 'update' | 'delete' | 'batchWrite' | 'transact';
  readonly readUnits: number;
  readonly writeUnits: number;
  readonly lostGuard: boolean;
}

/** Told of the capacity of each call, in order. */
export type CapacityListener = (use: CapacityUse) => void;

export interface Table {
  get(table: TableName, key: Key, options?: { readonly consistent?: boolean }): Promise<Item | undefined>;
  /** Any number of distinct keys; absent items are left out; no order is promised. */
  batchGet(
    table: TableName,
    keys: readonly Key[],
    options?: { readonly consistent?: boolean },
  ): Promise<Item[]>;
  query(query: Query): Promise<Page>;
  put(table: TableName, item: Item, guard?: Guard): Promise<WriteResult>;
  /** Answers with the new item. With `add`, an unknown outcome is `WriteUncertainError` and never repeated here. */
  update(table: TableName, key: Key, changes: Changes, guard?: Guard): Promise<WriteResult>;
  delete(table: TableName, key: Key, guard?: Guard): Promise<WriteResult>;
  /** Unguarded puts and deletes, any number, in no order, not atomic. */
  batchWrite(
    table: TableName,
    writes: { readonly puts?: readonly Item[]; readonly deletes?: readonly Key[] },
  ): Promise<void>;
  /** Up to 100 writes on distinct items, all or none. For rare multi-item changes; the hot path has none. */
  transact(writes: readonly TransactWrite[]): Promise<TransactResult>;
}

/**
 * A change of an item, as the feed tells it: the item before and after. Whoever reads the feed sees each
 * change at least once, those of one item in order.
 */
export interface FeedRecord {
  readonly table: TableName;
  /** Identifies the change; the same when it is delivered again. */
  readonly id: string;
  readonly before: Item | undefined;
  readonly after: Item | undefined;
  /** True for a deletion by time to live. */
  readonly expired: boolean;
}

/** The write may or may not have been applied; the caller must find out or ask its own caller to repeat. */
export class WriteUncertainError extends Error {
  override readonly name = 'WriteUncertainError';
  constructor(table: TableName, key: Key, cause: unknown) {
    super(`outcome of a write to ${table} ${key.pk}/${key.sk} is unknown`, { cause });
  }
}
