import { assertQuery, compareUtf8 } from '../../shared/store/queryBounds.ts';
import type { Item, Page, Query } from '../../shared/store/table.ts';
import type { Row, Sql } from './database.ts';
import { Image } from './image.ts';
import { indexName, itemsName, layoutOfIndex, layouts } from './layout.ts';

/** A page ends with the item that brings it to this size. */
const pageBytes = 1024 * 1024;

/** One page of a query, and the size of the items in it. */
export function queryPage(sql: Sql, query: Query): { page: Page; size: number } {
  assertQuery(query);
  const { text, values } = statementOf(query);
  const limit = query.limit ?? Number.POSITIVE_INFINITY;
  const items: Item[] = [];
  let size = 0;
  for (const row of sql.each(text, ...values)) {
    const image = imageOf(row);
    items.push(image.item);
    size += image.size;
    if (items.length === limit || size >= pageBytes) {
      return { page: { items, next: placeOf(query, image.item) }, size };
    }
  }
  return { page: { items }, size };
}

const imageOf = (row: Row): Image => Image.stored(String(row['item']), Number(row['size']));

/** Where an item stands in what the query reads: its key, and in an index the key of the entry too. */
function placeOf({ table, index }: Query, item: Item): NonNullable<Page['next']> {
  const place = { pk: item.pk, sk: item.sk };
  if (index === undefined) return place;
  const { partition, sort } = layoutOfIndex(layouts[table], index).definition;
  return { ...place, [partition]: item[partition] ?? '', [sort]: item[sort] ?? '' };
}

/**
 * The statement of a query. Bounds and the place to read on from are merged into one lower and one upper bound,
 * because SQLite seeks by one of each: page 1000 then costs what page 1 costs. Entries of an index with the same
 * sort key stand in the order of the keys of their items.
 */
function statementOf(query: Query): { text: string; values: string[] } {
  const { table, index, partition, from, to, after, backward = false } = query;
  const layout = layouts[table];
  const source =
    index === undefined
      ? { name: itemsName(table), partition: 'pk', sort: 'sk', order: ['sk'] }
      : { name: indexName(table, index), partition: 'partition', sort: 'sort', order: ['sort', 'pk', 'sk'] };
  const sortAttribute = index === undefined ? 'sk' : layoutOfIndex(layout, index).definition.sort;
  const place = after && [String(after[sortAttribute]), ...(index === undefined ? [] : [after.pk, after.sk])];
  const near = backward ? to : from;
  const far = backward ? from : to;

  const conditions = [`${source.partition} = ?`];
  const values = [partition];
  const begins = backward ? '<' : '>';
  const isPast = (sort: string, bound: string) => compareUtf8(sort, bound) < 0 === backward || sort === bound;
  if (place?.[0] !== undefined && (near === undefined || isPast(place[0], near))) {
    conditions.push(`(${source.order.join(', ')}) ${begins} (${place.map(() => '?').join(', ')})`);
    values.push(...place);
  } else if (near !== undefined) {
    conditions.push(`${source.sort} ${begins}= ?`);
    values.push(near);
  }
  if (far !== undefined) {
    conditions.push(`${source.sort} ${backward ? '>' : '<'}= ?`);
    values.push(far);
  }
  const direction = backward ? 'DESC' : 'ASC';
  const order = source.order.map((column) => `${column} ${direction}`).join(', ');
  const text = `SELECT item, size FROM ${source.name} WHERE ${conditions.join(' AND ')} ORDER BY ${order}`;
  return { text, values };
}
