/**
 * The embedded adapter of the table port, over one SQLite file. It stores, guards, orders, feeds and charges as
 * DynamoDB does; what it does better is noted where it matters: a commit is never lost nor its outcome unknown.
 *
 * Works of one commit run one after another and each sees the writes of those before it, so that a guard is
 * decided and its write applied without anything in between.
 */
import { Buffer } from 'node:buffer';
import type {
  CapacityListener,
  CapacityUse,
  Changes,
  FeedRecord,
  Guard,
  Item,
  Key,
  Page,
  Query,
  Table,
  TransactResult,
  TransactWrite,
  WriteResult,
} from '../../shared/store/table.ts';
import type { TableName } from '../../shared/store/tables.ts';
import { indexWriteUnits, readUnits, transactWriteUnits, writeUnits } from './capacity.ts';
import { ChangeFeed } from './changeFeed.ts';
import { applyChanges } from './changes.ts';
import type { Database, Sql } from './database.ts';
import { holds } from './guard.ts';
import { Image } from './image.ts';
import { ImageCache } from './imageCache.ts';
import { type IndexWriter, indexChanges, promptIndexes } from './indexEntries.ts';
import { LaggedIndexes } from './laggedIndexes.ts';
import { layouts, schema, type TableLayout } from './layout.ts';
import { queryPage } from './queryPage.ts';

export interface SqliteTableOptions {
  /** Who reads the change feed. A change is kept until each of them has acknowledged it. */
  readonly consumers?: readonly string[];
  readonly onCapacity?: CapacityListener;
  /** Draws how many milliseconds pass until an index shows a change. Without it indexes never lag. */
  readonly indexLag?: () => number;
  /** The clock of `indexLag`, in milliseconds. */
  readonly now?: () => number;
}

/** How a write changes an item: its image before in, its image after out; undefined stands for no item. */
interface Change {
  readonly key: Key;
  readonly guard: Guard;
  /** Size of the item that a put brings; it counts even when the guard is lost. */
  readonly offeredSize: number;
  readonly next: (before: Image | undefined) => Image | undefined;
}

/** What became of a change. */
interface Outcome {
  readonly applied: boolean;
  readonly before: Image | undefined;
  readonly after: Image | undefined;
  readonly units: number;
}

export class SqliteTable implements Table {
  readonly #database: Database;
  readonly #cache = new ImageCache();
  readonly #feed: ChangeFeed;
  readonly #indexes: IndexWriter;
  readonly #onCapacity: CapacityListener | undefined;

  constructor(database: Database, options: SqliteTableOptions = {}) {
    database.schema(schema);
    this.#database = database;
    database.onUndo(() => this.#cache.clear());
    this.#feed = new ChangeFeed(database, options.consumers ?? []);
    this.#onCapacity = options.onCapacity;
    this.#indexes = options.indexLag
      ? new LaggedIndexes(database, options.indexLag, options.now ?? Date.now)
      : promptIndexes;
  }

  async get(table: TableName, key: Key, { consistent = false } = {}): Promise<Item | undefined> {
    assertKey(key);
    const image = this.#database.read((sql) => this.#load(sql, layouts[table], key));
    this.#charge(table, 'get', { readUnits: readUnits(image?.size ?? 0, consistent) });
    return image?.item;
  }

  async batchGet(table: TableName, keys: readonly Key[], { consistent = false } = {}): Promise<Item[]> {
    assertDistinct(keys);
    if (keys.length === 0) return [];
    const images = this.#database.read((sql) => keys.map((key) => this.#load(sql, layouts[table], key)));
    const units = images.reduce((sum, image) => sum + readUnits(image?.size ?? 0, consistent), 0);
    this.#charge(table, 'batchGet', { readUnits: units });
    return images.flatMap((image) => image?.item ?? []);
  }

  async query(query: Query): Promise<Page> {
    if (query.index !== undefined) await this.#indexes.settle();
    const { page, size } = this.#database.read((sql) => queryPage(sql, query));
    this.#charge(query.table, 'query', { readUnits: readUnits(size, query.consistent ?? false) });
    return page;
  }

  async put(table: TableName, item: Item, guard: Guard = []): Promise<WriteResult> {
    const outcome = await this.#write('put', table, putChange(item, guard));
    return outcome.applied ? { applied: true, item } : { applied: false, present: outcome.before?.item };
  }

  async update(table: TableName, key: Key, changes: Changes, guard: Guard = []): Promise<WriteResult> {
    const outcome = await this.#write('update', table, updateChange(key, changes, guard));
    return outcome.applied
      ? { applied: true, item: outcome.after?.item }
      : { applied: false, present: outcome.before?.item };
  }

  async delete(table: TableName, key: Key, guard: Guard = []): Promise<WriteResult> {
    const outcome = await this.#write('delete', table, deleteChange(key, guard));
    return outcome.applied
      ? { applied: true, item: outcome.before?.item }
      : { applied: false, present: outcome.before?.item };
  }

  async batchWrite(
    table: TableName,
    { puts = [], deletes = [] }: { readonly puts?: readonly Item[]; readonly deletes?: readonly Key[] },
  ): Promise<void> {
    assertDistinct([...puts, ...deletes]);
    const changes = [
      ...puts.map((item) => putChange(item, [])),
      ...deletes.map((key) => deleteChange(key, [])),
    ];
    if (changes.length === 0) return;
    const units = await this.#database.write((sql) =>
      changes.reduce((sum, change) => sum + this.#attempt(sql, layouts[table], change).units, 0),
    );
    this.#feed.announce();
    this.#charge(table, 'batchWrite', { writeUnits: units });
  }

  async transact(writes: readonly TransactWrite[]): Promise<TransactResult> {
    const parts = writes.map((write) => ({ layout: layouts[write.table], change: transactChange(write) }));
    assertTransaction(parts);
    const { lost, units } = await this.#database.write((sql) => this.#attemptAll(sql, parts));
    this.#feed.announce();
    for (const [table, writeUnits] of units) {
      this.#charge(table, 'transact', { writeUnits, lostGuard: lost !== undefined });
    }
    return lost === undefined ? { applied: true } : { applied: false, lost };
  }

  /** Changes that a consumer has not acknowledged yet, oldest first. */
  readFeed(consumer: string, limit: number): FeedRecord[] {
    return this.#feed.read(consumer, limit);
  }

  /** Tells that a consumer is done with every change up to this one. */
  acknowledgeFeed(consumer: string, lastId: string): Promise<void> {
    return this.#feed.acknowledge(consumer, lastId);
  }

  /** Nothing is kept of the feed for this consumer until it follows again; then it goes on with what comes. */
  leaveFeed(consumer: string): void {
    this.#feed.leave(consumer);
  }

  followFeed(consumer: string): void {
    this.#feed.follow(consumer);
  }

  /** Calls the listener after each commit that brought changes to the feed. Answers with how to stop that. */
  onFeed(listener: () => void): () => void {
    return this.#feed.onChange(listener);
  }

  /**
   * Deletes items whose time to live has passed, at most `limit`, and answers how many. The feed marks them as
   * expired; as in DynamoDB they are free of charge.
   */
  async expireItems(nowSeconds: number, limit: number): Promise<number> {
    const count = await this.#database.write((sql) => {
      let deleted = 0;
      for (const layout of Object.values(layouts)) {
        if (layout.timeToLive === undefined || deleted === limit) continue;
        for (const row of sql.all(layout.sql.expired, nowSeconds, limit - deleted)) {
          const before = this.#load(sql, layout, { pk: String(row['pk']), sk: String(row['sk']) });
          this.#store(sql, layout, before, undefined, true);
          deleted += 1;
        }
      }
      return deleted;
    });
    this.#feed.announce();
    return count;
  }

  async #write(verb: CapacityUse['verb'], table: TableName, change: Change): Promise<Outcome> {
    const outcome = await this.#database.write((sql) => this.#attempt(sql, layouts[table], change));
    this.#feed.announce();
    this.#charge(table, verb, { writeUnits: outcome.units, lostGuard: !outcome.applied });
    return outcome;
  }

  #attempt(sql: Sql, layout: TableLayout, change: Change): Outcome {
    const before = this.#load(sql, layout, change.key);
    if (!isHeld(change.guard, before)) {
      return {
        applied: false,
        before,
        after: undefined,
        units: writeUnits(before?.size ?? 0, change.offeredSize),
      };
    }
    const after = change.next(before);
    const indexUnits = this.#store(sql, layout, before, after, false);
    return {
      applied: true,
      before,
      after,
      units: writeUnits(before?.size ?? 0, after?.size ?? 0) + indexUnits,
    };
  }

  /** All guards first, then all writes. A check writes nothing and is charged like a write. */
  #attemptAll(
    sql: Sql,
    parts: readonly TransactPart[],
  ): { lost: number | undefined; units: ReadonlyMap<TableName, number> } {
    const units = new Map<TableName, number>();
    const charge = (table: TableName, more: number) => units.set(table, (units.get(table) ?? 0) + more);
    const images = parts.map(({ layout, change }) => this.#load(sql, layout, change.key));
    const lost = parts.findIndex(({ change }, i) => !isHeld(change.guard, images[i]));
    for (const [i, { layout, change }] of parts.entries()) {
      const before = images[i];
      if (lost !== -1) {
        charge(layout.name, transactWriteUnits(before?.size ?? 0, change.offeredSize));
        continue;
      }
      const after = change.next(before);
      const indexUnits = this.#store(sql, layout, before, after, false);
      charge(layout.name, transactWriteUnits(before?.size ?? 0, after?.size ?? 0) + indexUnits);
    }
    return { lost: lost === -1 ? undefined : lost, units };
  }

  /**
   * Replaces an item with all that follows from it: time to live, indexes, feed. Answers with the units of its
   * index writes. A write that changes nothing leaves no trace in the feed, as in DynamoDB.
   */
  #store(
    sql: Sql,
    layout: TableLayout,
    before: Image | undefined,
    after: Image | undefined,
    expired: boolean,
  ): number {
    if (before === after || before?.text === after?.text) return 0;
    const changes = layout.indexes.length === 0 ? [] : indexChanges(layout, before?.item, after?.item);
    if (after !== undefined) {
      const { pk, sk } = after.item;
      sql.run(layout.sql.put, pk, sk, after.size, expiryOf(layout, after.item), after.text);
      if (layout.hasFeed) this.#cache.keep(layout.name, after.item, after);
    } else if (before !== undefined) {
      sql.run(layout.sql.remove, before.item.pk, before.item.sk);
      this.#cache.drop(layout.name, before.item);
    }
    this.#indexes.write(sql, layout, changes);
    if (layout.hasFeed) this.#feed.append(sql, layout.name, before, after, expired);
    return changes.reduce((sum, change) => sum + indexWriteUnits(change.before, change.after), 0);
  }

  /** The item as the open transaction sees it. Tables without a feed are written once and not kept in mind. */
  #load(sql: Sql, layout: TableLayout, key: Key): Image | undefined {
    const kept = this.#cache.find(layout.name, key);
    if (kept !== undefined) return kept;
    const row = sql.get(layout.sql.get, key.pk, key.sk);
    if (row === undefined) return undefined;
    const image = Image.stored(String(row['item']), Number(row['size']));
    if (layout.hasFeed) this.#cache.keep(layout.name, key, image);
    return image;
  }

  #charge(
    table: TableName,
    verb: CapacityUse['verb'],
    use: Partial<Pick<CapacityUse, 'readUnits' | 'writeUnits' | 'lostGuard'>>,
  ): void {
    this.#onCapacity?.({ table, verb, readUnits: 0, writeUnits: 0, lostGuard: false, ...use });
  }
}

interface TransactPart {
  readonly layout: TableLayout;
  readonly change: Change;
}

function putChange(item: Item, guard: Guard): Change {
  assertKey(item);
  const after = Image.of(item);
  return { key: item, guard, offeredSize: after.size, next: () => after };
}

function updateChange(key: Key, changes: Changes, guard: Guard): Change {
  assertKey(key);
  return {
    key,
    guard,
    offeredSize: 0,
    next: (before) => Image.of(applyChanges(before?.item, key, changes)),
  };
}

function deleteChange(key: Key, guard: Guard): Change {
  assertKey(key);
  return { key, guard, offeredSize: 0, next: () => undefined };
}

function transactChange(write: TransactWrite): Change {
  switch (write.kind) {
    case 'put':
      return putChange(write.item, write.guard ?? []);
    case 'update':
      return updateChange(write.key, write.changes, write.guard ?? []);
    case 'delete':
      return deleteChange(write.key, write.guard ?? []);
    case 'check':
      return { ...deleteChange(write.key, write.guard), next: (before) => before };
  }
}

const isHeld = (guard: Guard, before: Image | undefined): boolean =>
  guard.length === 0 || holds(guard, before?.item);

/** A time to live that is not a number is none, as in DynamoDB. */
function expiryOf(layout: TableLayout, item: Item): number | null {
  const expiry = layout.timeToLive === undefined ? undefined : item[layout.timeToLive];
  return typeof expiry === 'number' ? expiry : null;
}

const longestKeyPart = 1024;

function assertKey(key: Key): void {
  for (const part of [key.pk, key.sk]) {
    const isValid =
      typeof part === 'string' &&
      part !== '' &&
      part.isWellFormed() &&
      (part.length * 3 <= longestKeyPart || Buffer.byteLength(part) <= longestKeyPart);
    if (!isValid) throw new Error(`not a key: ${JSON.stringify([key.pk, key.sk])}`);
  }
}

function assertDistinct(keys: readonly Key[]): void {
  for (const key of keys) assertKey(key);
  const distinct = new Set(keys.map(({ pk, sk }) => JSON.stringify([pk, sk])));
  if (distinct.size < keys.length) throw new Error('the keys of a batch must be distinct');
}

const largestTransaction = 100;

function assertTransaction(parts: readonly TransactPart[]): void {
  if (parts.length === 0 || parts.length > largestTransaction) {
    throw new RangeError(`a transaction has 1 to ${largestTransaction} writes, not ${parts.length}`);
  }
  const targets = new Set(
    parts.map(({ layout, change: { key } }) => JSON.stringify([layout.name, key.pk, key.sk])),
  );
  if (targets.size < parts.length) throw new Error('a transaction must not touch an item twice');
}
