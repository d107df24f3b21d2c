/**
 * The table port in memory, for virtual time: guards, changes, index entries and units are decided by the code of the
 * embedded store, and the table contract runs on it. What it adds is doubt: reads that are not strong see the past, how
 * far back is drawn anew for each of them, so that a later read can see less than an earlier one.
 */
import { isDeepStrictEqual } from 'node:util';
import { indexWriteUnits, readUnits, transactWriteUnits, writeUnits } from '../../local/store/capacity.ts';
import { applyChanges } from '../../local/store/changes.ts';
import { holds } from '../../local/store/guard.ts';
import { itemSize } from '../../shared/store/itemSize.ts';
import { assertQuery, compareUtf8, isEmptyRange } from '../../shared/store/queryBounds.ts';
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
  Value,
  WriteResult,
} from '../../shared/store/table.ts';
import {
  type IndexDefinition,
  indexDefinition,
  type TableName,
  tableDefinition,
  tables,
} from '../../shared/store/tables.ts';

export interface MemoryTableOptions {
  readonly now: () => number;
  /** Draws how many milliseconds old an index is to one reader. @default 0 */
  readonly indexLag?: () => number;
  /** The same for reads of tables that do not ask to be strong. @default 0 */
  readonly readLag?: () => number;
  /** Told of each change, in order, whether or not it goes to the feed. */
  readonly onChange?: (record: FeedRecord) => void;
  readonly onCapacity?: CapacityListener;
}

/** What some place held from one moment to another. */
interface Version {
  readonly item: Item | undefined;
  readonly text: string | undefined;
  readonly from: number;
  until: number;
}

/** An entry of an index; all entries of one item in one partition of it are its history. */
interface IndexRow {
  readonly partition: string;
  readonly sort: string;
  readonly item: Item;
  readonly from: number;
  until: number;
}

/** Beyond the longest lag that can be asked for. */
const MEMORY_MS = 10_000;
const PAGE_BYTES = 1024 * 1024;

type Partition = Map<string, Version[]>;

export class MemoryTable implements Table {
  readonly #options: MemoryTableOptions;
  readonly #items = new Map<TableName, Map<string, Partition>>();
  readonly #indexes = new Map<string, Map<string, IndexRow[]>>();
  readonly #sizes = new WeakMap<Item, number>();
  readonly #texts = new WeakMap<Item, string>();
  #changes = 0;

  constructor(options: MemoryTableOptions) {
    this.#options = options;
    for (const name of Object.keys(tables) as TableName[]) this.#items.set(name, new Map());
  }

  async get(table: TableName, key: Key, { consistent = false } = {}): Promise<Item | undefined> {
    assertKey(key);
    const item = this.#read(table, key, this.#momentOf(consistent));
    this.#charge(table, 'get', { readUnits: readUnits(this.#sizeOf(item), consistent) });
    return this.#copyOf(item);
  }

  async batchGet(table: TableName, keys: readonly Key[], { consistent = false } = {}): Promise<Item[]> {
    assertDistinct(keys);
    if (keys.length === 0) return [];
    const found = keys.map((key) => this.#read(table, key, this.#momentOf(consistent)));
    this.#charge(table, 'batchGet', {
      readUnits: found.reduce((sum, item) => sum + readUnits(this.#sizeOf(item), consistent), 0),
    });
    return found.flatMap((item) => this.#copyOf(item) ?? []);
  }

  async query(query: Query): Promise<Page> {
    assertQuery(query);
    const { table, from, to, after, backward = false, consistent = false } = query;
    const rows = isEmptyRange(query) ? [] : this.#rowsOf(query);
    const sign = backward ? -1 : 1;
    rows.sort((one, other) => sign * compareRows(one, other));
    const sortName = query.index === undefined ? 'sk' : indexDefinition(table, query.index).sort;
    const place = after && { sort: String(after[sortName]), item: after };
    const items: Item[] = [];
    let size = 0;
    let next: Page['next'];
    for (const row of rows) {
      if (from !== undefined && compareUtf8(row.sort, from) < 0) continue;
      if (to !== undefined && compareUtf8(row.sort, to) > 0) continue;
      if (place !== undefined && sign * compareRows(row, place) <= 0) continue;
      items.push(this.#copyOf(row.item) as Item);
      size += this.#sizeOf(row.item);
      if (items.length === query.limit || size >= PAGE_BYTES) {
        next = this.#placeOf(query, row);
        break;
      }
    }
    this.#charge(table, 'query', { readUnits: readUnits(size, consistent) });
    return { items, ...(next && { next }) };
  }

  async put(table: TableName, item: Item, guard: Guard = []): Promise<WriteResult> {
    assertKey(item);
    const outcome = this.#write(table, 'put', item, guard, () => item, itemSize(item));
    return outcome.applied
      ? { applied: true, item }
      : { applied: false, present: this.#copyOf(outcome.before) };
  }

  async update(table: TableName, key: Key, changes: Changes, guard: Guard = []): Promise<WriteResult> {
    assertKey(key);
    const outcome = this.#write(table, 'update', key, guard, (before) => applyChanges(before, key, changes));
    return outcome.applied
      ? { applied: true, item: this.#copyOf(outcome.after) }
      : { applied: false, present: this.#copyOf(outcome.before) };
  }

  async delete(table: TableName, key: Key, guard: Guard = []): Promise<WriteResult> {
    assertKey(key);
    const outcome = this.#write(table, 'delete', key, guard, () => undefined);
    return outcome.applied
      ? { applied: true, item: this.#copyOf(outcome.before) }
      : { applied: false, present: this.#copyOf(outcome.before) };
  }

  async batchWrite(
    table: TableName,
    { puts = [], deletes = [] }: { readonly puts?: readonly Item[]; readonly deletes?: readonly Key[] },
  ): Promise<void> {
    assertDistinct([...puts, ...deletes]);
    let units = 0;
    for (const item of puts) storable(item);
    for (const next of [...puts, ...deletes]) {
      const before = this.#present(table, next);
      const isPut = puts.includes(next as Item);
      const indexUnits = this.#store(table, next, isPut ? (next as Item) : undefined);
      units += writeUnits(this.#sizeOf(before), this.#sizeOf(this.#present(table, next))) + indexUnits;
    }
    if (units > 0) this.#charge(table, 'batchWrite', { writeUnits: units });
  }

  async transact(writes: readonly TransactWrite[]): Promise<TransactResult> {
    if (writes.length === 0 || writes.length > 100) {
      throw new RangeError(`a transaction has 1 to 100 writes, not ${writes.length}`);
    }
    const places = writes.map((write) => ({ ...write, key: write.kind === 'put' ? write.item : write.key }));
    assertDistinct(places.map(({ table, key }) => ({ pk: `${table}/${key.pk}`, sk: key.sk })));
    const seen = places.map(({ table, key }) => this.#present(table, key));
    const lost = places.findIndex(({ guard }, position) => !holds(guard ?? [], seen[position]));
    // All changes are worked out before one is made: an invalid one changes nothing.
    const next = writes.map((write, position) =>
      lost === -1 ? storable(afterTransaction(write, seen[position])) : undefined,
    );
    for (const [position, write] of places.entries()) {
      const before = seen[position];
      const after = next[position];
      const units = transactWriteUnits(this.#sizeOf(before), this.#sizeOf(after));
      const indexUnits =
        lost === -1 && write.kind !== 'check' ? this.#store(write.table, write.key, after) : 0;
      this.#charge(write.table, 'transact', { writeUnits: units + indexUnits, lostGuard: lost !== -1 });
    }
    return lost === -1 ? { applied: true } : { applied: false, lost };
  }

  /** Deletes what has passed its time to live, free of charge. */
  expireItems(nowSeconds: number): void {
    for (const name of Object.keys(tables) as TableName[]) {
      const attribute = tableDefinition(name).timeToLive;
      if (attribute === undefined) continue;
      for (const item of this.all(name)) {
        const expiry = item[attribute];
        if (typeof expiry === 'number' && expiry < nowSeconds) this.#store(name, item, undefined, true);
      }
    }
  }

  /** Every item of a table as it is now. */
  *all(table: TableName, partitionPrefix = ''): Generator<Item> {
    for (const [pk, partition] of this.#items.get(table) ?? []) {
      if (!pk.startsWith(partitionPrefix)) continue;
      for (const versions of partition.values()) {
        const item = versions.at(-1)?.item;
        if (item !== undefined) yield item;
      }
    }
  }

  /** An item as it is now, free of charge. */
  peek(table: TableName, key: Key): Item | undefined {
    return this.#present(table, key);
  }

  #momentOf(consistent: boolean): number {
    const now = this.#options.now();
    return consistent ? Number.POSITIVE_INFINITY : now - (this.#options.readLag?.() ?? 0);
  }

  #read(table: TableName, { pk, sk }: Key, moment: number): Item | undefined {
    return versionAt(this.#items.get(table)?.get(pk)?.get(sk), moment)?.item;
  }

  #present(table: TableName, { pk, sk }: Key): Item | undefined {
    return this.#items.get(table)?.get(pk)?.get(sk)?.at(-1)?.item;
  }

  #rowsOf({ table, index, partition, consistent = false }: Query): { sort: string; item: Item }[] {
    if (index === undefined) {
      const moment = this.#momentOf(consistent);
      const versions = [...(this.#items.get(table)?.get(partition) ?? [])];
      return versions.flatMap(([sort, history]) => {
        const item = versionAt(history, moment)?.item;
        return item === undefined ? [] : [{ sort, item }];
      });
    }
    indexDefinition(table, index);
    const lag = this.#options.indexLag?.() ?? 0;
    const moment = lag === 0 ? Number.POSITIVE_INFINITY : this.#options.now() - lag;
    const histories = this.#indexes.get(`${table}/${index}/${partition}`);
    return [...(histories?.values() ?? [])].flatMap((history) => versionAt(history, moment) ?? []);
  }

  #placeOf({ table, index }: Query, { item }: { readonly item: Item }): NonNullable<Page['next']> {
    const place = { pk: item.pk, sk: item.sk };
    if (index === undefined) return place;
    const { partition, sort } = indexDefinition(table, index);
    return { ...place, [partition]: item[partition] ?? '', [sort]: item[sort] ?? '' };
  }

  #write(
    table: TableName,
    verb: CapacityUse['verb'],
    key: Key,
    guard: Guard,
    next: (before: Item | undefined) => Item | undefined,
    offeredSize = 0,
  ): { readonly applied: boolean; readonly before: Item | undefined; readonly after: Item | undefined } {
    const before = this.#present(table, key);
    if (!holds(guard, before)) {
      this.#charge(table, verb, {
        writeUnits: writeUnits(this.#sizeOf(before), offeredSize),
        lostGuard: true,
      });
      return { applied: false, before, after: undefined };
    }
    const indexUnits = this.#store(table, key, storable(next(before)));
    const after = this.#present(table, key);
    this.#charge(table, verb, {
      writeUnits: writeUnits(this.#sizeOf(before), this.#sizeOf(after)) + indexUnits,
    });
    return { applied: true, before, after };
  }

  /** Replaces an item with all that follows from it; answers with the units of its index writes. */
  #store(table: TableName, { pk, sk }: Key, next: Item | undefined, expired = false): number {
    const partition = entryIn(this.#items.get(table) as Map<string, Partition>, pk, () => new Map());
    const versions = entryIn(partition, sk, () => []);
    const last = versions.at(-1);
    const text = next === undefined ? undefined : JSON.stringify(next);
    if (last?.text === text) {
      if (versions.length === 0) partition.delete(sk);
      return 0;
    }
    const now = this.#options.now();
    const before = last?.item;
    const after = text === undefined ? undefined : (JSON.parse(text) as Item);
    for (const definition of Object.values(tableDefinition(table).indexes)) entryOf(after, definition);
    if (after !== undefined && text !== undefined) {
      this.#sizes.set(after, itemSize(after));
      this.#texts.set(after, text);
    }
    supersede(versions, now);
    versions.push({ item: after, text, from: now, until: Number.POSITIVE_INFINITY });
    const units = this.#index(table, before, after, now);
    this.#changes += 1;
    this.#options.onChange?.({ table, id: String(this.#changes), before, after, expired });
    return units;
  }

  #index(table: TableName, before: Item | undefined, after: Item | undefined, now: number): number {
    let units = 0;
    for (const [name, definition] of Object.entries(tableDefinition(table).indexes)) {
      const was = entryOf(before, definition);
      const is = entryOf(after, definition);
      if (isDeepStrictEqual(was, is)) continue;
      for (const entry of [was, is]) {
        if (entry === undefined) continue;
        const { pk, sk } = entry.item;
        const histories = entryIn(this.#indexes, `${table}/${name}/${entry.partition}`, () => new Map());
        const history = entryIn(histories, `${pk}\n${sk}`, () => []);
        supersede(history, now);
        if (entry === is) history.push({ ...entry, from: now, until: Number.POSITIVE_INFINITY });
        if (history.length === 0) histories.delete(`${pk}\n${sk}`);
      }
      units += indexWriteUnits(measured(was), measured(is));
    }
    return units;
  }

  #sizeOf(item: Item | undefined): number {
    if (item === undefined) return 0;
    let size = this.#sizes.get(item);
    if (size === undefined) {
      size = itemSize(item);
      this.#sizes.set(item, size);
    }
    return size;
  }

  /** Whoever reads may change what was read. */
  #copyOf(item: Item | undefined): Item | undefined {
    if (item === undefined) return undefined;
    let text = this.#texts.get(item);
    if (text === undefined) {
      text = JSON.stringify(item);
      this.#texts.set(item, text);
    }
    return JSON.parse(text) as Item;
  }

  #charge(
    table: TableName,
    verb: CapacityUse['verb'],
    use: Partial<Pick<CapacityUse, 'readUnits' | 'writeUnits' | 'lostGuard'>>,
  ): void {
    this.#options.onCapacity?.({ table, verb, readUnits: 0, writeUnits: 0, lostGuard: false, ...use });
  }
}

type Entry = Pick<IndexRow, 'partition' | 'sort' | 'item'>;

function entryOf(item: Item | undefined, definition: IndexDefinition): Entry | undefined {
  const partition = item?.[definition.partition];
  const sort = item?.[definition.sort];
  if (item === undefined || partition === undefined || sort === undefined) return undefined;
  if (typeof partition !== 'string' || typeof sort !== 'string' || partition === '' || sort === '') {
    throw new Error(`an index key of ${item.pk}/${item.sk} must be a non-empty string`);
  }
  const projected: Key & { [name: string]: Value } = { pk: item.pk, sk: item.sk };
  for (const name of [definition.partition, definition.sort, ...definition.projection]) {
    const value = item[name];
    if (value !== undefined) projected[name] = value;
  }
  return { partition, sort, item: projected };
}

const measured = (entry: Entry | undefined) =>
  entry && { partition: entry.partition, sort: entry.sort, size: itemSize(entry.item) };

function afterTransaction(write: TransactWrite, before: Item | undefined): Item | undefined {
  switch (write.kind) {
    case 'put':
      return write.item;
    case 'update':
      return applyChanges(before, write.key, write.changes);
    case 'delete':
      return undefined;
    case 'check':
      return before;
  }
}

/** Throws for an item that DynamoDB would not store. */
function storable(item: Item | undefined): Item | undefined {
  if (item === undefined) return undefined;
  itemSize(item);
  return item;
}

/** What was to be seen at a moment; the newest for a moment without end. */
function versionAt<T extends { readonly from: number; readonly until: number }>(
  history: readonly T[] | undefined,
  moment: number,
): T | undefined {
  if (moment === Number.POSITIVE_INFINITY) {
    const last = history?.at(-1);
    return last?.until === Number.POSITIVE_INFINITY ? last : undefined;
  }
  return history?.find(({ from, until }) => from <= moment && moment < until);
}

/** Ends the newest entry of a history and forgets those that nobody can see any more. */
function supersede(history: { until: number }[], now: number): void {
  const last = history.at(-1);
  if (last !== undefined) last.until = Math.min(last.until, now);
  const seen = history.findIndex(({ until }) => until > now - MEMORY_MS);
  history.splice(0, seen === -1 ? history.length : seen);
}

function entryIn<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  let value = map.get(key);
  if (value === undefined) {
    value = make();
    map.set(key, value);
  }
  return value;
}

interface Place {
  readonly sort: string;
  readonly item: Key;
}

/** Entries of an index with the same sort key stand in the order of the keys of their items. */
const compareRows = (one: Place, other: Place): number =>
  compareUtf8(one.sort, other.sort) ||
  compareUtf8(one.item.pk, other.item.pk) ||
  compareUtf8(one.item.sk, other.item.sk);

function assertKey({ pk, sk }: Key): void {
  for (const part of [pk, sk]) {
    const isValid =
      typeof part === 'string' && part !== '' && part.isWellFormed() && Buffer.byteLength(part) <= 1024;
    if (!isValid) throw new Error(`not a key: ${JSON.stringify([pk, sk])}`);
  }
}

function assertDistinct(keys: readonly Key[]): void {
  for (const key of keys) assertKey(key);
  const distinct = new Set(keys.map(({ pk, sk }) => JSON.stringify([pk, sk])));
  if (distinct.size < keys.length) throw new Error('the keys of a batch must be distinct');
}
