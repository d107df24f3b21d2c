/**
 * The embedded adapter of the table port, over one SQLite file. It stores, guards, orders, feeds and charges as
 * DynamoDB does; what it does better is noted where it matters: a commit is never lost nor its outcome unknown.
 *
 * Works of one commit run one after another and each sees the writes of those before it, so that a guard is
 * decided and its write applied without anything in between.
 */
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
type Change = (before: Image | undefined) => Image | undefined;

/** What a write did, or what stood in its way. */
type Outcome =
  | { readonly applied: true; readonly before: Image | undefined; readonly after: Image | undefined; units: number }
  | { readonly applied: false; readonly before: Image | undefined; units: number };

export class SqliteTable implements Table {
  readonly #database: Database;
  readonly #feed: ChangeFeed;
  readonly #indexes: IndexWriter;
  readonly #onCapacity: CapacityListener | undefined;

  constructor(database: Database, options: SqliteTableOptions = {}) {
    database.schema(schema);
    this.#database = database;
    this.#feed = new ChangeFeed(database, options.consumers ?? []);
    this.#onCapacity = options.onCapacity;
    this.#indexes = options.indexLag
      ? new LaggedIndexes(database, options.indexLag, options.now ?? Date.now)
      : promptIndexes;
  }

  async get(table: TableName, key: Key, { consistent = false } = {}): Promise<Item | undefined> {
    assertKey(key);
    const image = this.#database.read((sql) => load(sql, layouts[table], key));
    this.#charge({ table, verb: 'get', readUnits: readUnits(image?.size ?? 0, consistent) });
    return image?.item;
  }

  async batchGet(table: TableName, keys: readonly Key[], { consistent = false } = {}): Promise<Item[]> {
    assertDistinct(keys);
    const images = this.#database.read((sql) => keys.map((key) => load(sql, layouts[table], key)));
    const units = images.reduce((sum, image) => sum + readUnits(image?.size ?? 0, consistent), 0);
    if (keys.length > 0) this.#charge({ table, verb: 'batchGet', readUnits: units });
    return images.flatMap((image) => image?.item ?? []);
  }

  async query(query: Query): Promise<Page> {
    if (query.index !== undefined) await this.#indexes.settle();
    const { page, size } = this.#database.read((sql) => queryPage(sql, query));
    this.#charge({ table: query.table, verb: 'query', readUnits: readUnits(size, query.consistent ?? false) });
    return page;
  }

  async put(table: TableName, item: Item, guard: Guard = []): Promise<WriteResult> {
    const after = imageOf(item);
    const outcome = await this.#guarded('put', table, item, guard, () => after);
    return outcome.applied ? { applied: true, item } : lost(outcome);
  }

  async update(table: TableName, key: Key, changes: Changes, guard: Guard = []): Promise<WriteResult> {
    const outcome = await this.#guarded('update', table, key, guard, updated(key, changes));
    return outcome.applied ? { applied: true, item: outcome.after?.item } : lost(outcome);
  }

  async delete(table: TableName, key: Key, guard: Guard = []): Promise<WriteResult> {
    const outcome = await this.#guarded('delete', table, key, guard, removed);
    return outcome.applied ? { applied: true, item: outcome.before?.item } : lost(outcome);
  }

  async batchWrite(
    table: TableName,
    { puts = [], deletes = [] }: { readonly puts?: readonly Item[]; readonly deletes?: readonly Key[] },
  ): Promise<void> {
    assertDistinct([...puts, ...deletes]);
    const writes: { key: Key; change: Change }[] = [
      ...puts.map((item) => ({ key: item, change: always(imageOf(item)) })),
      ...deletes.map((key) => ({ key, change: removed })),
    ];
    if (writes.length === 0) return;
    const units = await this.#database.write((sql) =>
      writes.reduce((sum, { key, change }) => sum + this.#attempt(sql, layouts[table], key, [], change).units, 0),
    );
    this.#feed.announce();
    this.#charge({ table, verb: 'batchWrite', writeUnits: units });
  }

  async transact(writes: readonly TransactWrite[]): Promise<TransactResult> {
    throw new Error(`not yet: ${writes.length}`);
  }

  /** Changes that a consumer has not acknowledged yet, oldest first. */
  readFeed(consumer: string, limit: number): FeedRecord[] {
    return this.#feed.read(consumer, limit);
  }

  /** Tells that a consumer is done with every change up to this one. */
  acknowledgeFeed(consumer: string, lastId: string): Promise<void> {
    return this.#feed.acknowledge(consumer, lastId);
  }

  /** Calls the listener after each commit that brought changes to the feed. Answers with how to stop that. */
  onFeed(listener: () => void): () => void {
    return this.#feed.onChange(listener);
  }
}
