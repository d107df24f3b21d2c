/**
 * Reads a text of SQL from strangers in a process of its own, which is ended when its time is over: SQLite does not give
 * way to the program that it runs in, so nothing else would end what never ends.
 */
import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import type { SqlCell } from '../domain/queueTables.ts';
import type { SqlLine } from './sqlReader.ts';

export interface SqlTable {
  readonly name: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly SqlCell[])[];
}

export type SqlReading = { readonly tables: readonly SqlTable[] } | { readonly refused: string };

export type ReadSql = (sql: string) => Promise<SqlReading>;

/** For any text up to {@link LEAST_BYTES}, and so much more for what is longer. Whoever sent it hears within two seconds. */
const LEAST_MS = 1_800;
const LEAST_BYTES = 4_000_000;
/** A text that does nothing but make rows takes half of it on a slow core. */
const MS_PER_MEGABYTE = 150;
/** The heap of the process; tables of SQLite are beside it, as large as twice the text. */
const HEAP_MEGABYTES = 512;
/** Lambda finds libraries of Node by it. Nothing else of our environment is told to a process that reads what strangers wrote. */
const LIBRARIES = 'LD_LIBRARY_PATH';

/** How long the reading of a text may take. */
export const patienceFor = (bytes: number): number =>
  LEAST_MS + Math.ceil((Math.max(0, bytes - LEAST_BYTES) / 1_000_000) * MS_PER_MEGABYTE);

/** Reads by a program, which is `sqlReader.ts` or what it was bundled into. */
export const sqlReader =
  (program: URL): ReadSql =>
  async (sql) => {
    const patienceMs = patienceFor(Buffer.byteLength(sql));
    const file = fileURLToPath(program);
    const reader = spawn(
      process.execPath,
      ['--permission', `--allow-fs-read=${file}`, `--max-old-space-size=${HEAP_MEGABYTES}`, file],
      {
        stdio: ['pipe', 'pipe', 'ignore'],
        env: LIBRARIES in process.env ? { [LIBRARIES]: process.env[LIBRARIES] } : {},
        timeout: patienceMs,
        killSignal: 'SIGKILL',
      },
    );
    const [reading] = await Promise.all([collect(reader, patienceMs), tell(reader, sql)]);
    return reading;
  };

type Reader = ChildProcessByStdio<Writable, Readable, null>;

async function tell({ stdin }: Reader, sql: string): Promise<void> {
  // A reader that has ended without listening says by its end why.
  stdin.on('error', () => {});
  stdin.end(sql);
}

async function collect(reader: Reader, patienceMs: number): Promise<SqlReading> {
  const ended = once(reader, 'close');
  const collected = collector();
  for await (const line of createInterface({ input: reader.stdout })) collected.add(JSON.parse(line));
  const [, signal] = await ended;
  const reading = collected.reading();
  if (reading !== undefined) return reading;
  return {
    refused:
      signal === 'SIGKILL'
        ? `its ${patienceMs / 1_000} seconds were over before it was read`
        : 'it takes more memory than its length allows',
  };
}

/** Puts lines of a reader together, whether or not it runs in a process of its own. */
export function readingOf(lines: Iterable<SqlLine>): SqlReading {
  const collected = collector();
  for (const line of lines) collected.add(line);
  const reading = collected.reading();
  if (reading === undefined) throw new Error('the reader has not come to its end');
  return reading;
}

function collector() {
  const tables: { name: string; columns: readonly string[]; rows: (readonly SqlCell[])[] }[] = [];
  let end: SqlReading | undefined;
  return {
    add(line: SqlLine): void {
      if (isRow(line)) tables.at(-1)?.rows.push(line);
      else if ('table' in line) tables.push({ name: line.table, columns: line.columns, rows: [] });
      else if ('refused' in line) end = { refused: line.refused };
      else end = { tables };
    },
    /** Undefined as long as the end is missing. */
    reading: () => end,
  };
}

const isRow = (line: SqlLine): line is readonly SqlCell[] => Array.isArray(line);
