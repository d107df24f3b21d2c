/**
 * The SQL of each logical table: one SQL table of items and one per index, both ordered by their keys
 * (`WITHOUT ROWID`), the item as JSON text beside its size. Texts are built once, so that every statement is
 * prepared once.
 */
import { type IndexDefinition, type TableName, tableDefinition, tables } from '../../shared/store/tables.ts';

export interface IndexLayout {
  readonly name: string;
  readonly definition: IndexDefinition;
  readonly sql: {
    readonly remove: string;
    readonly put: string;
  };
}

export interface TableLayout {
  readonly name: TableName;
  readonly hasFeed: boolean;
  /** Name of the attribute with the time to live. */
  readonly timeToLive: string | undefined;
  readonly indexes: readonly IndexLayout[];
  readonly sql: {
    readonly get: string;
    readonly put: string;
    readonly remove: string;
    readonly expired: string;
  };
}

/** SQL names of the items of a table and of an index. */
export const itemsName = (table: TableName): string => `items_${table}`;
export const indexName = (table: TableName, index: string): string => `index_${table}_${index}`;

export const layouts: Readonly<Record<TableName, TableLayout>> = Object.fromEntries(
  (Object.keys(tables) as TableName[]).map((name) => [name, layoutOf(name)]),
) as Record<TableName, TableLayout>;

export function layoutOfIndex(table: TableLayout, index: string): IndexLayout {
  const layout = table.indexes.find(({ name }) => name === index);
  if (layout === undefined) throw new RangeError(`table ${table.name} has no index ${index}`);
  return layout;
}

/** Statements that create everything. `expires` holds the time to live, for the few items that have one. */
export const schema: string = Object.values(layouts)
  .flatMap(({ name, indexes }) => [
    `CREATE TABLE IF NOT EXISTS ${itemsName(name)} (
       pk TEXT NOT NULL, sk TEXT NOT NULL, size INTEGER NOT NULL, expires REAL, item TEXT NOT NULL,
       PRIMARY KEY (pk, sk)
     ) WITHOUT ROWID;`,
    `CREATE INDEX IF NOT EXISTS expires_${name} ON ${itemsName(name)} (expires) WHERE expires IS NOT NULL;`,
    ...indexes.map(
      (index) => `CREATE TABLE IF NOT EXISTS ${indexName(name, index.name)} (
       partition TEXT NOT NULL, sort TEXT NOT NULL, pk TEXT NOT NULL, sk TEXT NOT NULL,
       size INTEGER NOT NULL, item TEXT NOT NULL,
       PRIMARY KEY (partition, sort, pk, sk)
     ) WITHOUT ROWID;`,
    ),
  ])
  .join('\n');

function layoutOf(name: TableName): TableLayout {
  const definition = tableDefinition(name);
  const items = itemsName(name);
  return {
    name,
    hasFeed: definition.feed,
    timeToLive: definition.timeToLive,
    indexes: Object.entries(definition.indexes).map(([index, indexDefinition]) => ({
      name: index,
      definition: indexDefinition,
      sql: {
        remove: `DELETE FROM ${indexName(name, index)} WHERE partition = ? AND sort = ? AND pk = ? AND sk = ?`,
        put: `INSERT OR REPLACE INTO ${indexName(name, index)} (partition, sort, pk, sk, size, item)
              VALUES (?, ?, ?, ?, ?, ?)`,
      },
    })),
    sql: {
      get: `SELECT item, size FROM ${items} WHERE pk = ? AND sk = ?`,
      put: `INSERT OR REPLACE INTO ${items} (pk, sk, size, expires, item) VALUES (?, ?, ?, ?, ?)`,
      remove: `DELETE FROM ${items} WHERE pk = ? AND sk = ?`,
      expired: `SELECT pk, sk FROM ${items} WHERE expires < ? ORDER BY expires LIMIT ?`,
    },
  };
}
