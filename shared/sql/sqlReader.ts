/**
 * A program of its own that makes tables of a text of SQL from strangers and tells what is in them, line by line. It has
 * no file to open, no network it would ask for and no secret to tell; whoever starts it ends it when its time is over. It
 * imports nothing of ours: it may read no file but this one.
 */
import { constants, DatabaseSync } from 'node:sqlite';
import { text } from 'node:stream/consumers';
import type { SqlCell } from '../domain/queueTables.ts';

/** One line of what the program says; the last is an `end` or a refusal, else it was cut off. */
export type SqlLine =
  | { readonly table: string; readonly columns: readonly string[] }
  /** A row of the table that was named last. */
  | readonly SqlCell[]
  | { readonly refused: string }
  | { readonly end: true };

/** What a text may use besides literals: `.dump` of sqlite3 writes line breaks and control characters by these. */
const FUNCTIONS: ReadonlySet<string> = new Set(['replace', 'char', 'unistr']);
/** Of one statement, which is one row, and of one value. */
const STATEMENT_BYTES = 1_000_000;
const PAGE_BYTES = 4_096;
/** Pages that tables may need beyond twice the text. */
const SPARE_PAGES = 4_096;

/** Tells the tables of a text in their order, or why it is refused. */
export function* loadSql(sql: string): Generator<SqlLine> {
  // Everything behind it would be left out, and nobody would hear of it.
  if (sql.includes('\0')) {
    yield { refused: 'the text holds a null character, where SQL ends' };
    return;
  }
  const database = openDatabase(Buffer.byteLength(sql));
  const denied = allowTablesAndRows(database);
  try {
    database.exec(sql);
  } catch (error) {
    yield { refused: denied() ?? `it is not SQL that can be run: ${(error as Error).message}` };
    return;
  }
  if (database.isTransaction) {
    yield { refused: 'it ends within its transaction, so its end is missing' };
    return;
  }
  database.setAuthorizer(null);
  const tables = database.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY rowid");
  for (const { name } of tables.all()) yield* rowsOf(database, String(name));
  yield { end: true };
}

function openDatabase(bytes: number): DatabaseSync {
  const database = new DatabaseSync(':memory:');
  Object.assign(database.limits, {
    length: STATEMENT_BYTES,
    sqlLength: STATEMENT_BYTES,
    column: 200,
    exprDepth: 100,
    compoundSelect: 2,
    vdbeOp: 100_000,
    functionArg: 100,
    attach: 0,
    variableNumber: 0,
    triggerDepth: 1,
  });
  const pages = Math.ceil((2 * bytes) / PAGE_BYTES) + SPARE_PAGES;
  database.exec(`PRAGMA page_size = ${PAGE_BYTES}; PRAGMA max_page_count = ${pages}`);
  return database;
}

/** Lets SQL make tables and rows and nothing else. The answer tells what else was asked for. */
function allowTablesAndRows(database: DatabaseSync): () => string | undefined {
  let denied: string | undefined;
  database.setAuthorizer((action, first, second) => {
    if (isAllowed(action, first, second)) return constants.SQLITE_OK;
    denied ??= `it may make tables and insert rows, nothing else; it asks for ${wordsFor(action, first, second)}`;
    return constants.SQLITE_DENY;
  });
  return () => denied;
}

function isAllowed(action: number, first: string | null, second: string | null): boolean {
  switch (action) {
    case constants.SQLITE_TRANSACTION:
    case constants.SQLITE_CREATE_TABLE:
    case constants.SQLITE_INSERT:
    case constants.SQLITE_READ:
      return true;
    case constants.SQLITE_UPDATE:
      // So a table is made; asked for directly, SQLite refuses it.
      return first === 'sqlite_master';
    case constants.SQLITE_CREATE_INDEX:
      // That of a primary key.
      return first?.startsWith('sqlite_autoindex_') === true;
    case constants.SQLITE_PRAGMA:
      return first === 'foreign_keys';
    case constants.SQLITE_FUNCTION:
      return FUNCTIONS.has(String(second));
    default:
      return false;
  }
}

const actionNames = new Map(
  Object.entries(constants)
    // Other constants have the same numbers.
    .filter(([name]) => !/CHANGESET|SQLITE_(OK|DENY|IGNORE|COPY)$/.test(name))
    .map(([name, number]) => [number, name.replace('SQLITE_', '').replaceAll('_', ' ')]),
);

const wordsFor = (action: number, first: string | null, second: string | null): string =>
  [actionNames.get(action) ?? `action ${action}`, first, second]
    .filter((word) => word !== null && word !== '')
    .join(' ');

function* rowsOf(database: DatabaseSync, table: string): Generator<SqlLine> {
  const rows = database.prepare(`SELECT * FROM "${table.replaceAll('"', '""')}"`);
  rows.setReturnArrays(true);
  // Integers of SQL are longer than numbers.
  rows.setReadBigInts(true);
  yield { table, columns: rows.columns().map(({ name }) => name) };
  for (const row of rows.iterate()) yield (row as unknown as unknown[]).map(cellOf);
}

function cellOf(value: unknown): SqlCell {
  if (value === null || typeof value === 'string') return value;
  if (typeof value === 'bigint') {
    const number = Number(value);
    return Number.isSafeInteger(number) ? number : { other: `the integer ${value}` };
  }
  if (typeof value === 'number') return Number.isFinite(value) ? value : { other: String(value) };
  return { other: 'bytes' };
}

/** Lines that go out together. */
const LINES = 1_000;

if (import.meta.main) {
  let lines: string[] = [];
  const send = async (): Promise<void> => {
    const said = lines.join('');
    lines = [];
    await new Promise<void>((done) => process.stdout.write(said, () => done()));
  };
  for (const line of loadSql(await text(process.stdin))) {
    lines.push(`${JSON.stringify(line)}\n`);
    if (lines.length >= LINES) await send();
  }
  await send();
}
