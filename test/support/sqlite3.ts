/** The real `sqlite3` program. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { it, type TestContext } from 'node:test';

/** What the program prints for a database that is made of a text and then asked. */
export function askSqlite(sql: string, ...commands: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync('sqlite3', ['-bail', ':memory:'], {
    input: [sql, ...commands].join('\n'),
    encoding: 'utf8',
    maxBuffer: 100_000_000,
  });
  assert.equal(stderr, '');
  assert.equal(status, 0);
  return stdout;
}

const isThere = spawnSync('sqlite3', ['--version']).status === 0;

/** A test that needs the program: skipped by name without, but required where `CI` is `true`. */
export function itWithSqlite(sentence: string, run: (t: TestContext) => Promise<void>): void {
  if (isThere) it(sentence, run);
  else if (process.env['CI'] === 'true') it(sentence, () => assert.fail('no sqlite3'));
  else it(sentence, { skip: 'no sqlite3' });
}
