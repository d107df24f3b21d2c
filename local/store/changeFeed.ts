import type { FeedRecord, Item } from '../../shared/store/table.ts';
import type { TableName } from '../../shared/store/tables.ts';
import type { Database, Row, Sql } from './database.ts';
import type { Image } from './image.ts';

/**
 * The change feed: one row per change, written in the transaction of the change, kept until every consumer has
 * acknowledged it. Without consumers nothing is kept. Sequences only grow, also over restarts: a record's id
 * never names two changes.
 */
export class ChangeFeed {
  readonly #database: Database;
  readonly #consumers: readonly string[];
  readonly #away = new Set<string>();
  readonly #listeners = new Set<() => void>();
  readonly #positions: Map<string, number>;
  /** The last changes as they were written, so that a consumer which keeps up has them without reading. */
  #recent: Recent[] = [];
  /** Every change after this one is in `#recent`; those up to it are read from the disk. */
  #recentAfter: number;
  #lastSequence: number;
  #unannounced = false;

  /** A consumer that is new to the data directory starts with what is still kept. */
  constructor(database: Database, consumers: readonly string[]) {
    this.#database = database;
    this.#consumers = consumers;
    database.schema(schema);
    this.#lastSequence = database.read((sql) => {
      const row = sql.get(
        `SELECT max((SELECT coalesce(max(sequence), 0) FROM feed),
                    (SELECT coalesce(max(sequence), 0) FROM feed_positions)) AS last`,
      );
      return Number(row?.['last']);
    });
    this.#recentAfter = this.#lastSequence;
    this.#positions = database.read(positionsOf);
    database.onUndo(() => this.#forget());
  }

  /** Writes one change. Part of the transaction that changes the item. */
  append(
    sql: Sql,
    table: TableName,
    before: Image | undefined,
    after: Image | undefined,
    expired: boolean,
  ): void {
    if (this.#consumers.length === 0) return;
    this.#lastSequence += 1;
    sql.run(
      'INSERT INTO feed (sequence, origin, before, after, expired) VALUES (?, ?, ?, ?, ?)',
      this.#lastSequence,
      table,
      before?.text ?? null,
      after?.text ?? null,
      expired ? 1 : 0,
    );
    this.#unannounced = true;
    // Who is so far behind reads from the disk until it has caught up.
    if (this.#recent.length === MOST_RECENT) this.#forget();
    else this.#recent.push({ sequence: this.#lastSequence, table, before, after, expired });
  }

  /** Records after the consumer's position, oldest first. */
  read(consumer: string, limit: number): FeedRecord[] {
    this.#assertConsumer(consumer);
    if (this.#away.has(consumer)) return [];
    const position = this.#positions.get(consumer) ?? 0;
    if (position >= this.#recentAfter) {
      const first = this.#recent.findIndex(({ sequence }) => sequence > position);
      return first === -1 ? [] : this.#recent.slice(first, first + limit).map(recordOfRecent);
    }
    return this.#database
      .read((sql) =>
        sql.all(
          `SELECT sequence, origin, before, after, expired FROM feed
           WHERE sequence > ? ORDER BY sequence LIMIT ?`,
          position,
          limit,
        ),
      )
      .map(recordOf);
  }

  /** Moves a consumer past a record, and drops what every consumer has passed. Going back has no effect. */
  acknowledge(consumer: string, lastId: string): Promise<void> {
    this.#assertConsumer(consumer);
    const sequence = Number(lastId);
    if (!Number.isSafeInteger(sequence) || sequence > this.#lastSequence) {
      throw new RangeError(`${lastId} is no record of the change feed`);
    }
    const acknowledged = this.#database.write((sql) => {
      sql.run(
        `INSERT INTO feed_positions (consumer, sequence) VALUES (?, ?)
         ON CONFLICT (consumer) DO UPDATE SET sequence = max(sequence, excluded.sequence)`,
        consumer,
        sequence,
      );
      const moved = positionsOf(sql);
      sql.run('DELETE FROM feed WHERE sequence <= ?', this.#passed(moved));
      return moved;
    });
    return acknowledged.then((positions) => this.#move(positions));
  }

  /** Nothing is kept for this consumer, and it reads nothing, until it follows again. */
  leave(consumer: string): void {
    this.#assertConsumer(consumer);
    this.#away.add(consumer);
  }

  /** A consumer that was away goes on with what comes from now on. */
  follow(consumer: string): void {
    if (this.#away.delete(consumer)) this.#positions.set(consumer, this.#lastSequence);
  }

  /** Takes note of where the consumers are, and lets go of what all of them have passed. */
  #move(positions: ReadonlyMap<string, number>): void {
    for (const [name, position] of positions) {
      // One that follows anew has skipped what lies before.
      this.#positions.set(name, Math.max(position, this.#positions.get(name) ?? 0));
    }
    const passed = this.#passed(this.#positions);
    const rest = this.#recent.findIndex((recent) => recent.sequence > passed);
    this.#recent.splice(0, rest === -1 ? this.#recent.length : rest);
  }

  /** The last change that every consumer has passed. */
  #passed(positions: ReadonlyMap<string, number>): number {
    const present = this.#consumers.filter((name) => !this.#away.has(name));
    return Math.min(...present.map((name) => positions.get(name) ?? 0));
  }

  #forget(): void {
    this.#recent = [];
    this.#recentAfter = this.#lastSequence;
  }

  /** Calls the listener after each commit that brought changes. Answers with how to stop that. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** To be called when a write has committed: wakes listeners once, however many changes the commit had. */
  announce(): void {
    if (!this.#unannounced) return;
    this.#unannounced = false;
    for (const listener of this.#listeners) listener();
  }

  #assertConsumer(consumer: string): void {
    if (!this.#consumers.includes(consumer))
      throw new RangeError(`${consumer} is not a consumer of the change feed`);
  }
}

/** A change in memory. */
interface Recent {
  readonly sequence: number;
  readonly table: TableName;
  readonly before: Image | undefined;
  readonly after: Image | undefined;
  readonly expired: boolean;
}

/** Ten batches of a consumer. */
const MOST_RECENT = 2_000;

const recordOfRecent = ({ sequence, table, before, after, expired }: Recent): FeedRecord => ({
  table,
  id: String(sequence),
  before: before?.item,
  after: after?.item,
  expired,
});

const positionsOf = (sql: Sql): Map<string, number> =>
  new Map(
    sql
      .all('SELECT consumer, sequence FROM feed_positions')
      .map((row) => [String(row['consumer']), Number(row['sequence'])]),
  );

const schema = `
  CREATE TABLE IF NOT EXISTS feed (
    sequence INTEGER PRIMARY KEY, origin TEXT NOT NULL, before TEXT, after TEXT, expired INTEGER NOT NULL
  );
  CREATE TABLE IF NOT EXISTS feed_positions (
    consumer TEXT PRIMARY KEY, sequence INTEGER NOT NULL
  ) WITHOUT ROWID;
`;

function recordOf(row: Row): FeedRecord {
  return {
    table: row['origin'] as TableName,
    id: String(row['sequence']),
    before: itemOf(row['before']),
    after: itemOf(row['after']),
    expired: row['expired'] === 1,
  };
}

const itemOf = (text: unknown): Item | undefined =>
  typeof text === 'string' ? (JSON.parse(text) as Item) : undefined;
