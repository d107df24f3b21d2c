/** Index entries: which item has one, what is projected into it, and when readers come to see it. */
import { isDeepStrictEqual } from 'node:util';
import { itemSize } from '../../shared/store/itemSize.ts';
import type { Item, Key, Value } from '../../shared/store/table.ts';
import type { IndexDefinition } from '../../shared/store/tables.ts';
import type { MeasuredEntry } from './capacity.ts';
import type { Sql } from './database.ts';
import { own } from './guard.ts';
import type { IndexLayout, TableLayout } from './layout.ts';

/** The entry of an item in an index. */
export interface IndexEntry extends MeasuredEntry {
  readonly text: string;
}

/** A change of one index that follows from a change of an item. */
export interface IndexChange {
  readonly index: IndexLayout;
  readonly key: Key;
  readonly before: IndexEntry | undefined;
  readonly after: IndexEntry | undefined;
}

/** What must change in the indexes of a table when an item changes; entries that stay as they were are left out. */
export function indexChanges(
  table: TableLayout,
  before: Item | undefined,
  after: Item | undefined,
): IndexChange[] {
  const key = after ?? before;
  if (key === undefined) return [];
  const changes: IndexChange[] = [];
  for (const index of table.indexes) {
    if (sameEntry(index.definition, before, after)) continue;
    const entryBefore = entryOf(index.definition, before);
    const entryAfter = entryOf(index.definition, after);
    if (entryBefore === undefined && entryAfter === undefined) continue;
    changes.push({ index, key, before: entryBefore, after: entryAfter });
  }
  return changes;
}

/** Whether two images of an item have the same projected attributes, most often decided without building any. */
function sameEntry(definition: IndexDefinition, before: Item | undefined, after: Item | undefined): boolean {
  return (
    sameAttribute(definition.partition, before, after) &&
    sameAttribute(definition.sort, before, after) &&
    definition.projection.every((name) => sameAttribute(name, before, after))
  );
}

function sameAttribute(name: string, before: Item | undefined, after: Item | undefined): boolean {
  const left = before && own(before, name);
  const right = after && own(after, name);
  return left === right || (typeof left === 'object' && isDeepStrictEqual(left, right));
}

function entryOf(definition: IndexDefinition, item: Item | undefined): IndexEntry | undefined {
  if (item === undefined) return undefined;
  const partition = indexKeyPart(item, definition.partition);
  const sort = indexKeyPart(item, definition.sort);
  if (partition === undefined || sort === undefined) return undefined;
  const projected: Key & { [name: string]: Value } = { pk: item.pk, sk: item.sk };
  for (const name of [definition.partition, definition.sort, ...definition.projection]) {
    const value = own(item, name);
    if (value !== undefined) projected[name] = value;
  }
  return { partition, sort, size: itemSize(projected), text: JSON.stringify(projected) };
}

/** DynamoDB refuses an item whose index key is no string or empty; leaving the attribute out is the sparse way. */
function indexKeyPart(item: Item, name: string): string | undefined {
  const value = own(item, name);
  if (value === undefined) return undefined;
  if (typeof value !== 'string' || value === '') {
    throw new Error(`the index key ${name} of ${item.pk}/${item.sk} must be a non-empty string`);
  }
  return value;
}

/** Brings changes of entries to the index tables. */
export interface IndexWriter {
  /** Called in the transaction that changes the item. */
  write(sql: Sql, table: TableLayout, changes: readonly IndexChange[]): void;
  /** Makes visible what is due; undefined when there is nothing to wait for. */
  settle(): Promise<void> | undefined;
}

/** Writes entries in the transaction of the item: readers of the index see them with the item. */
export const promptIndexes: IndexWriter = {
  write(sql, _table, changes) {
    for (const { index, key, before, after } of changes) writeEntry(sql, index, key, before, after);
  },
  settle: () => undefined,
};

/** Replaces one entry by another, either of which may be absent. */
export function writeEntry(
  sql: Sql,
  index: IndexLayout,
  key: Key,
  before: IndexEntry | undefined,
  after: IndexEntry | undefined,
): void {
  if (before !== undefined) sql.run(index.sql.remove, before.partition, before.sort, key.pk, key.sk);
  if (after !== undefined) {
    sql.run(index.sql.put, after.partition, after.sort, key.pk, key.sk, after.size, after.text);
  }
}
