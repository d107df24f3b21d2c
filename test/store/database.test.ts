import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { Database, DataInUseError } from '../../local/store/database.ts';
import { SqliteTable } from '../../local/store/sqliteTable.ts';
import { watchProcess } from '../support/childProcess.ts';

const writer = join(import.meta.dirname, '..', 'support', 'acknowledgedWrites.ts');

const insert = 'INSERT INTO notes (text) VALUES (?)';
const notesOf = (database: Database) =>
  database.read((sql) => sql.all('SELECT text FROM notes ORDER BY text').map((row) => row['text']));

describe('Database', () => {
  let directory: string;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'rollcall-'));
  });
  afterEach(() => rmSync(directory, { recursive: true }));

  function openWithNotes(): Database {
    const database = Database.open(directory);
    database.schema('CREATE TABLE IF NOT EXISTS notes (text TEXT NOT NULL UNIQUE)');
    return database;
  }

  it('answers a write with its result, and keeps it over a reopening', async () => {
    const database = openWithNotes();
    const changed = await database.write((sql) => sql.run(insert, 'a'));
    database.close();

    const reopened = openWithNotes();
    assert.equal(changed, 1);
    assert.deepEqual(notesOf(reopened), ['a']);
    reopened.close();
  });

  it('undoes a work that throws, alone', async () => {
    const database = openWithNotes();

    const results = await Promise.allSettled([
      database.write((sql) => sql.run(insert, 'before')),
      database.write((sql) => {
        sql.run(insert, 'half');
        throw new Error('no further');
      }),
      database.write((sql) => sql.run(insert, 'before')),
      database.write((sql) => sql.run(insert, 'after')),
    ]);

    assert.deepEqual(
      results.map(({ status }) => status),
      ['fulfilled', 'rejected', 'rejected', 'fulfilled'],
    );
    assert.deepEqual(notesOf(database), ['after', 'before']);
    database.close();
  });

  it('shows reads nothing of a write before it is committed', async () => {
    const database = openWithNotes();

    const writing = database.write((sql) => sql.run(insert, 'a'));
    const before = notesOf(database);
    await writing;

    assert.deepEqual(before, []);
    assert.deepEqual(notesOf(database), ['a']);
    database.close();
  });

  it('lets a work see the writes of those before it in the same commit', async () => {
    const database = openWithNotes();

    const [, count] = await Promise.all([
      database.write((sql) => sql.run(insert, 'a')),
      database.write((sql) => sql.get('SELECT count(*) AS count FROM notes')?.['count']),
    ]);

    assert.equal(count, 1);
    database.close();
  });

  it('commits what is queued when it closes, and refuses what comes later', async () => {
    const database = openWithNotes();
    const writing = database.write((sql) => sql.run(insert, 'a'));

    database.close();

    assert.equal(await writing, 1);
    await assert.rejects(
      database.write((sql) => sql.run(insert, 'b')),
      /closed/,
    );
    assert.throws(() => notesOf(database), /closed/);
  });

  it('refuses the whole commit that finds the disk full, and works again when there is room', async () => {
    const database = openWithNotes();
    database.schema('PRAGMA max_page_count = 16');

    const results = await Promise.allSettled([
      database.write((sql) => sql.run(insert, 'small')),
      database.write((sql) => sql.run(insert, 'large'.repeat(50_000))),
      database.write((sql) => sql.run(insert, 'small too')),
    ]);
    database.schema('PRAGMA max_page_count = 100000');
    await database.write((sql) => sql.run(insert, 'large again'.repeat(1000)));

    assert.deepEqual(
      results.map(({ status }) => status),
      ['rejected', 'rejected', 'rejected'],
    );
    assert.match(String((results[0] as PromiseRejectedResult).reason), /full/);
    assert.deepEqual(notesOf(database), ['large again'.repeat(1000)]);
    database.close();
  });

  it('refuses a second opening of its directory, by name, until it is closed', () => {
    const database = Database.open(directory);

    assert.throws(
      () => Database.open(directory),
      (error: unknown) => error instanceof DataInUseError && error.message.includes(directory),
    );
    database.close();

    Database.open(directory).close();
  });

  it('is refused while another process has the directory, and opens once that was killed', async () => {
    const holder = watchProcess(process.execPath, [writer, directory]);
    await holder.until((lines) => lines.includes('open'));

    assert.throws(() => Database.open(directory), DataInUseError);
    await holder.kill();

    Database.open(directory).close();
  });

  it('has every acknowledged write after its process was killed, with its index entry and feed record', async () => {
    const child = watchProcess(process.execPath, [writer, directory]);
    await child.until((lines) => lines.length > 2000);
    await child.kill();

    const { items, entries, records } = contentsOf(directory);
    const written = keysAfter('written', child.lines);
    assert.ok(written.length >= 1900, `${written.length} acknowledged writes`);
    for (const sk of written) {
      assert.ok(items.has(sk), `item ${sk}`);
      assert.ok(entries.has(sk), `index entry ${sk}`);
      assert.ok(records.has(sk), `feed record ${sk}`);
    }
    // Nothing is there by half: what was written but not yet acknowledged has its entry and record as well.
    assert.deepEqual(entries, items);
    assert.deepEqual(records, items);
  });

  it('rejects every write of a commit that the operating system refuses, and keeps those before', async () => {
    const largestFile = 'ulimit -f 2048 && exec "$0" "$@"';
    const child = watchProcess('bash', ['-c', largestFile, process.execPath, writer, directory]);
    await child.until((lines) => keysAfter('refused', lines).length > 100);
    await child.kill();

    const { items } = contentsOf(directory);
    const written = keysAfter('written', child.lines);
    assert.ok(written.length > 100, `${written.length} acknowledged writes`);
    for (const sk of written) assert.ok(items.has(sk), `item ${sk}`);
    for (const sk of keysAfter('refused', child.lines)) assert.ok(!items.has(sk), `refused item ${sk}`);
  });
});

const keysAfter = (word: string, lines: readonly string[]): string[] =>
  lines.flatMap((line) => (line.startsWith(`${word} `) ? [line.slice(word.length + 1)] : []));

/** Sort keys of what the writing process left behind. */
function contentsOf(directory: string): Record<'items' | 'entries' | 'records', Set<unknown>> {
  const database = Database.open(directory);
  const table = new SqliteTable(database, { consumers: ['test'] });
  const column = (query: string) => new Set(database.read((sql) => sql.all(query).map((row) => row['sk'])));
  const contents = {
    items: column("SELECT sk FROM items_queue WHERE pk = 'KILLED' ORDER BY sk"),
    entries: column("SELECT sk FROM index_queue_open WHERE partition = 'KILLED' ORDER BY sk"),
    records: new Set(
      table
        .readFeed('test', 1_000_000)
        .map(({ after }) => after?.sk)
        .sort(),
    ),
  };
  database.close();
  return contents;
}
