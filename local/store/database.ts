/**
 * The one SQLite file of a local farm: group commit, consistent reads, and the lock on the data directory.
 *
 * A commit costs one disk sync, whatever it contains. So writes are queued and committed together once a turn
 * of the event loop: fifty callers share one sync instead of waiting for fifty. A promise of {@link Database.write}
 * resolves only after the sync, hence nothing that was answered can be lost.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync, type SQLInputValue, type SQLOutputValue, type StatementSync } from 'node:sqlite';

export type Row = Record<string, SQLOutputValue>;

/** Runs statements, each prepared once. Statement texts must be constants: the cache is never emptied. */
export interface Sql {
  /** Runs a statement; answers with the number of rows it changed. */
  run(text: string, ...values: SQLInputValue[]): number;
  get(text: string, ...values: SQLInputValue[]): Row | undefined;
  all(text: string, ...values: SQLInputValue[]): Row[];
  /** Rows one at a time, for readers that stop early. */
  each(text: string, ...values: SQLInputValue[]): Iterable<Row>;
}

/** Another process, or another `Database` of this one, holds the data directory. */
export class DataInUseError extends Error {
  override readonly name = 'DataInUseError';
  constructor(directory: string, cause: unknown) {
    super(`the data directory ${directory} is in use by another process`, { cause });
  }
}

interface QueuedWork {
  readonly work: (sql: Sql) => unknown;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: unknown) => void;
}

export class Database {
  readonly #connection: DatabaseSync;
  readonly #lock: DatabaseSync | undefined;
  readonly #sql: Sql;
  readonly #undoListeners: (() => void)[] = [];
  #queue: QueuedWork[] = [];
  #open = true;

  private constructor(connection: DatabaseSync, lock: DatabaseSync | undefined) {
    this.#connection = connection;
    this.#lock = lock;
    this.#sql = statements(connection);
  }

  /**
   * Opens or creates the data directory and holds it until {@link close} or the end of the process, however
   * it ends: the lock is the operating system's. Throws {@link DataInUseError} when somebody else holds it.
   */
  static open(directory: string): Database {
    mkdirSync(directory, { recursive: true });
    const lock = holdDirectory(directory);
    try {
      const connection = new DatabaseSync(join(directory, 'rollcall.db'), { timeout: busyMilliseconds });
      connection.exec(`
        PRAGMA journal_mode = WAL;
        PRAGMA synchronous = FULL;
        PRAGMA cache_size = -16384;
        PRAGMA temp_store = MEMORY;
      `);
      return new Database(connection, lock);
    } catch (error) {
      lock.close();
      throw error;
    }
  }

  /** A database that lives as long as this object: for tests. */
  static inMemory(): Database {
    return new Database(new DatabaseSync(':memory:'), undefined);
  }

  /** Creates the tables of a module, at once. Statements must be repeatable (`IF NOT EXISTS`). */
  schema(sql: string): void {
    this.#connection.exec(sql);
  }

  /**
   * Queues work for the next commit and resolves with its result once that is on disk. Works run one after
   * another, each whole or not at all: one that throws is undone alone and rejects alone. If the commit itself
   * fails (disk full, I/O error), every work in it rejects and nothing of it is stored.
   */
  write<T>(work: (sql: Sql) => T): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      if (!this.#open) {
        reject(new Error('the database is closed'));
        return;
      }
      // setImmediate and not a microtask: it runs after everything that this turn of the event loop has to say.
      if (this.#queue.length === 0) setImmediate(() => this.#flush());
      this.#queue.push({ work, resolve: resolve as (value: unknown) => void, reject });
    });
  }

  /**
   * Calls the listener whenever something written is undone, before any other work runs: for who remembers what
   * works have written.
   */
  onUndo(listener: () => void): void {
    this.#undoListeners.push(listener);
  }

  /** Reads what is committed. Runs between commits, so that it never sees half of one. */
  read<T>(work: (sql: Sql) => T): T {
    if (!this.#open) throw new Error('the database is closed');
    return work(this.#sql);
  }

  /** Commits what is queued and releases the data directory. */
  close(): void {
    if (!this.#open) return;
    this.#flush();
    this.#open = false;
    this.#connection.close();
    this.#lock?.close();
  }

  #flush(): void {
    const batch = this.#queue;
    if (batch.length === 0) return;
    this.#queue = [];
    const answers: (() => void)[] = [];
    try {
      this.#sql.run('BEGIN IMMEDIATE');
      for (const queued of batch) answers.push(this.#attempt(queued));
      this.#sql.run('COMMIT');
    } catch (error) {
      if (this.#connection.isTransaction) this.#sql.run('ROLLBACK');
      this.#tellUndone();
      for (const { reject } of batch) reject(error);
      return;
    }
    for (const answer of answers) answer();
  }

  /** Runs one work in a savepoint; answers with how to tell its caller, for after the commit. */
  #attempt({ work, resolve, reject }: QueuedWork): () => void {
    this.#sql.run('SAVEPOINT work');
    try {
      const result = work(this.#sql);
      this.#sql.run('RELEASE work');
      return () => resolve(result);
    } catch (error) {
      // SQLite gives up the whole transaction on a full disk and the like; then the batch is lost, not this work.
      if (!this.#connection.isTransaction) throw error;
      this.#sql.run('ROLLBACK TO work');
      this.#sql.run('RELEASE work');
      this.#tellUndone();
      return () => reject(error);
    }
  }

  #tellUndone(): void {
    for (const listener of this.#undoListeners) listener();
  }
}

/** How long a statement waits for a reader outside the farm (an operator's `sqlite3`) before it fails. */
const busyMilliseconds = 5000;

/**
 * Locks a directory through an open transaction on a file of its own, so that the data file stays readable
 * for an operator. The operating system drops the lock with the process, after kill -9 too.
 */
function holdDirectory(directory: string): DatabaseSync {
  const lock = new DatabaseSync(join(directory, 'lock.db'));
  try {
    lock.exec('BEGIN EXCLUSIVE');
    return lock;
  } catch (error) {
    lock.close();
    if (isBusy(error)) throw new DataInUseError(directory, error);
    throw error;
  }
}

/** SQLITE_BUSY is 5; its extended codes carry more above the low byte. */
function isBusy(error: unknown): boolean {
  return error instanceof Error && 'errcode' in error && (Number(error.errcode) & 0xff) === 5;
}

function statements(connection: DatabaseSync): Sql {
  const prepared = new Map<string, StatementSync>();
  const prepare = (text: string): StatementSync => {
    let statement = prepared.get(text);
    if (statement === undefined) {
      statement = connection.prepare(text);
      prepared.set(text, statement);
    }
    return statement;
  };
  return {
    run: (text, ...values) => Number(prepare(text).run(...values).changes),
    get: (text, ...values) => prepare(text).get(...values),
    all: (text, ...values) => prepare(text).all(...values),
    each: (text, ...values) => prepare(text).iterate(...values),
  };
}
