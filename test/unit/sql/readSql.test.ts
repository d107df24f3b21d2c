/** Texts of SQL from strangers are read apart from everything: what they may do, and what ends them. */
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { patienceFor, type SqlReading, sqlReader } from '../../../shared/sql/readSql.ts';
import { askSqlite, itWithSqlite } from '../../support/sqlite3.ts';

const read = sqlReader(new URL('../../../shared/sql/sqlReader.ts', import.meta.url));

const refusalOf = (reading: SqlReading): string | undefined =>
  'refused' in reading ? reading.refused : undefined;

const onlyRows = (what: string): string =>
  `it may make tables and insert rows, nothing else; it asks for ${what}`;
const notRun = (why: string): string => `it is not SQL that can be run: ${why}`;

const endless = 'WITH RECURSIVE n(i) AS (VALUES(1) UNION ALL SELECT i + 1 FROM n)';
const file = join(tmpdir(), 'rollcall-of-a-stranger.db');

/** Each with the rule that it breaks. Every one is told within the patience for a short text, or ended by it. */
const hostile: Readonly<Record<string, readonly [sql: string, rule: string]>> = {
  'opens a file': [`ATTACH '${file}' AS other;`, onlyRows(`ATTACH ${file}`)],
  'writes itself into a file': [`VACUUM INTO '${file}';`, onlyRows(`ATTACH ${file}`)],
  'loads an extension': ["SELECT load_extension('libm.so');", onlyRows('SELECT')],
  'loads an extension in a row': [
    "CREATE TABLE t (a); INSERT INTO t VALUES (load_extension('libm.so'));",
    onlyRows('FUNCTION load_extension'),
  ],
  'reads a file': [
    "CREATE TABLE t (a); INSERT INTO t VALUES (readfile('/etc/passwd'));",
    notRun('no such function: readfile'),
  ],
  'changes the schema by hand': ['PRAGMA writable_schema = ON;', onlyRows('PRAGMA writable_schema ON')],
  'writes into the schema': [
    "INSERT INTO sqlite_schema VALUES ('table', 't', 't', 0, '');",
    notRun('table sqlite_master may not be modified'),
  ],
  'counts without end': [`${endless} SELECT sum(i) FROM n;`, onlyRows('SELECT')],
  'inserts without end': [
    `CREATE TABLE t (a); INSERT INTO t ${endless} SELECT i FROM n;`,
    onlyRows('SELECT'),
  ],
  'has a trigger': [
    'CREATE TABLE t (a); CREATE TRIGGER r AFTER INSERT ON t BEGIN INSERT INTO t VALUES (1); END;',
    onlyRows('CREATE TRIGGER r t'),
  ],
  'has a view': ['CREATE TABLE t (a); CREATE VIEW v AS SELECT a FROM t;', onlyRows('CREATE VIEW v')],
  'has a virtual table': ['CREATE VIRTUAL TABLE t USING fts5(a);', onlyRows('CREATE VTABLE t fts5')],
  'has an index': ['CREATE TABLE t (a); CREATE INDEX i ON t (a);', onlyRows('CREATE INDEX i t')],
  'asks for a gigabyte of zeros': [
    'CREATE TABLE t (a); INSERT INTO t VALUES (zeroblob(1000000000));',
    onlyRows('FUNCTION zeroblob'),
  ],
  'asks for a gigabyte of noise': [
    'CREATE TABLE t (a); INSERT INTO t VALUES (randomblob(1000000000));',
    onlyRows('FUNCTION randomblob'),
  ],
  'makes long values of short ones': [
    `CREATE TABLE t (a); ${`INSERT INTO t VALUES (replace(replace('${'x'.repeat(100)}', 'x', '${'y'.repeat(100)}'), 'y', '${'z'.repeat(50)}'));`.repeat(3_000)}`,
    notRun('database or disk is full'),
  ],
  'makes values that are too long': [
    `CREATE TABLE t (a); INSERT INTO t VALUES (replace(replace('${'x'.repeat(1_000)}', 'x', '${'y'.repeat(100)}'), 'y', '${'z'.repeat(50)}'));`,
    notRun('string or blob too big'),
  ],
  'makes each row a long work': [
    `CREATE TABLE t (a CHECK (replace(replace(replace(a, 'y', '${'y'.repeat(95)}'), 'y', '${'z'.repeat(95)}'), 'z', '${'y'.repeat(95)}') <> '')); ${"INSERT INTO t VALUES ('y');".repeat(140_000)}`,
    'its 1.8 seconds were over before it was read',
  ],
  'nests a hundred thousand brackets': [
    `CREATE TABLE t (a); INSERT INTO t VALUES (${'('.repeat(100_000)}1${')'.repeat(100_000)});`,
    notRun('Recursion limit'),
  ],
  'is one statement without end': [`/*${'x'.repeat(3_000_000)}`, notRun('string or blob too big')],
  'makes more tables than fit': [
    Array.from({ length: 6_000 }, (_, number) => `CREATE TABLE t${number} (a);`).join(''),
    notRun('database or disk is full'),
  ],
  'ends within its transaction': [
    'BEGIN; CREATE TABLE t (a);',
    'it ends within its transaction, so its end is missing',
  ],
  'ends within a text': ["CREATE TABLE t (a); INSERT INTO t VALUES ('x", notRun(`unrecognized token: "'x"`)],
  'hides its end behind a null character': [
    'CREATE TABLE t (a);\0ATTACH',
    'the text holds a null character, where SQL ends',
  ],
};

describe('a text of SQL', () => {
  it('may make tables and rows of them', async () => {
    const reading = await read(
      `CREATE TABLE t (a INTEGER, b REAL, c TEXT, PRIMARY KEY (a));
       INSERT INTO t VALUES (1, 0.5, 'it''s'); INSERT INTO t VALUES (2, NULL, '');`,
    );

    assert.deepEqual(reading, {
      tables: [
        {
          name: 't',
          columns: ['a', 'b', 'c'],
          rows: [
            [1, 0.5, "it's"],
            [2, null, ''],
          ],
        },
      ],
    });
  });

  it('may hold what no column of ours does, which is told as such', async () => {
    const reading = await read(
      "CREATE TABLE t (a, b, c, d); INSERT INTO t VALUES (9223372036854775807, 1e999, X'00ff', 9007199254740991);",
    );

    assert.deepEqual('tables' in reading && reading.tables[0]?.rows, [
      [
        { other: 'the integer 9223372036854775807' },
        { other: 'Infinity' },
        { other: 'bytes' },
        9_007_199_254_740_991,
      ],
    ]);
  });

  it('may be written as the `.dump` of any sqlite3 writes it', async () => {
    const old = String.raw`INSERT INTO t VALUES(1,replace('two\nlines, "quotes" and it''s','\n',char(10)));`;
    const recent = String.raw`INSERT INTO t VALUES(2,unistr('two\u000alines'));`;
    const reading = await read(
      `PRAGMA foreign_keys=OFF;\nBEGIN TRANSACTION;\nCREATE TABLE t (a INTEGER, b TEXT, PRIMARY KEY (a));\n${old}\n${recent}\nCOMMIT;\n`,
    );

    assert.deepEqual('tables' in reading && reading.tables[0]?.rows, [
      [1, 'two\nlines, "quotes" and it\'s'],
      [2, 'two\nlines'],
    ]);
  });

  itWithSqlite('may be written as the `.dump` of this sqlite3 writes it', async () => {
    const values = ["'two\nlines'", "'it''s'", "'äöü 🎬'", "'\u0001'", '1e-7', '-5', 'NULL', "'\\n'"];
    const made = `CREATE TABLE t (a); ${values.map((value) => `INSERT INTO t VALUES (${value});`).join(' ')}`;

    const reading = await read(askSqlite(made, '.dump'));

    assert.deepEqual('tables' in reading && reading.tables[0]?.rows.flat(), [
      'two\nlines',
      "it's",
      'äöü 🎬',
      '\u0001',
      1e-7,
      -5,
      null,
      '\\n',
    ]);
  });

  for (const [what, [sql, rule]] of Object.entries(hostile)) {
    it(`is refused that ${what}`, async () => {
      // The process is killed when these are over, so no text of this length takes longer.
      assert.equal(patienceFor(Buffer.byteLength(sql)), 1_800);
      assert.equal(refusalOf(await read(sql)), rule);
      assert.equal(existsSync(file), false);
    });
  }

  it('of a million tiny statements ends within the time for its length', async () => {
    const sql = `CREATE TABLE t (a); BEGIN; ${'INSERT INTO t VALUES (1);'.repeat(1_000_000)} COMMIT;`;

    const reading = await read(sql);

    assert.equal(patienceFor(Buffer.byteLength(sql)), 4_951);
    assert.ok(
      'tables' in reading ? reading.tables[0]?.rows.length === 1_000_000 : /were over/.test(reading.refused),
    );
  });
});
