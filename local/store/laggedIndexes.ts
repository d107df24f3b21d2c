import type { Key } from '../../shared/store/table.ts';
import type { TableName } from '../../shared/store/tables.ts';
import type { Database, Sql } from './database.ts';
import { type IndexChange, type IndexEntry, type IndexWriter, writeEntry } from './indexEntries.ts';
import { layoutOfIndex, layouts, type TableLayout } from './layout.ts';

/** A change of an entry as it waits in the database. */
interface WaitingChange {
  readonly table: TableName;
  readonly index: string;
  readonly key: Key;
  readonly before: IndexEntry | undefined;
  readonly after: IndexEntry | undefined;
}

/**
 * Lets readers of an index see a change only some time after the item changed, as in DynamoDB: each change
 * waits for a lag of its own, changes of one item become visible in their order. For simulations; changes wait
 * in the database, because they must vanish with the transaction that made them.
 */
export class LaggedIndexes implements IndexWriter {
  readonly #database: Database;
  readonly #lag: () => number;
  readonly #now: () => number;

  /** `lag` draws milliseconds for one change; `now` is the clock that they run on. */
  constructor(database: Database, lag: () => number, now: () => number) {
    this.#database = database;
    this.#lag = lag;
    this.#now = now;
    database.schema(`
      CREATE TABLE IF NOT EXISTS waiting_index_changes (
        sequence INTEGER PRIMARY KEY, visible REAL NOT NULL, owner TEXT NOT NULL, change TEXT NOT NULL
      );
      CREATE INDEX IF NOT EXISTS waiting_index_changes_by_owner ON waiting_index_changes (owner, visible);
    `);
  }

  write(sql: Sql, table: TableLayout, changes: readonly IndexChange[]): void {
    for (const { index, key, before, after } of changes) {
      const owner = JSON.stringify([table.name, key.pk, key.sk]);
      const earlier = sql.get(
        'SELECT max(visible) AS visible FROM waiting_index_changes WHERE owner = ?',
        owner,
      );
      const visible = Math.max(this.#now() + this.#lag(), Number(earlier?.['visible'] ?? 0));
      const change: WaitingChange = { table: table.name, index: index.name, key, before, after };
      sql.run(
        'INSERT INTO waiting_index_changes (visible, owner, change) VALUES (?, ?, ?)',
        visible,
        owner,
        JSON.stringify(change),
      );
    }
  }

  settle(): Promise<void> | undefined {
    const now = this.#now();
    const due = this.#database.read((sql) =>
      sql.get('SELECT 1 FROM waiting_index_changes WHERE visible <= ? LIMIT 1', now),
    );
    return due && this.#database.write((sql) => applyDue(sql, now));
  }
}

function applyDue(sql: Sql, now: number): void {
  const due = sql.all(
    'SELECT change FROM waiting_index_changes WHERE visible <= ? ORDER BY visible, sequence',
    now,
  );
  for (const row of due) {
    const { table, index, key, before, after } = JSON.parse(String(row['change'])) as WaitingChange;
    writeEntry(sql, layoutOfIndex(layouts[table], index), key, before, after);
  }
  sql.run('DELETE FROM waiting_index_changes WHERE visible <= ?', now);
}
