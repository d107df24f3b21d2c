/** What every record of the contract keeps to, and that its errors are provoked. */
import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { commonErrors, errorCodes } from '../../../shared/contract/errorCodes.ts';
import { contract, operations } from '../../../shared/contract/index.ts';
import { route } from '../../../shared/contract/operation.ts';

const root = join(import.meta.dirname, '../../..');

describe('operations', () => {
  it('have names of their own', () => {
    const names = operations.map(({ name }) => name);

    assert.equal(new Set(names).size, names.length);
  });

  it('stand in their group under their name', () => {
    const stated = Object.entries(contract).flatMap(([group, members]) =>
      Object.keys(members).map((name) => `/v1/${group}/${name}`),
    );

    assert.deepEqual(operations.map((operation) => route(operation).path).sort(), stated.sort());
  });

  it('have a text that begins in the third person present and ends with a full stop', () => {
    for (const { name, text } of operations) {
      assert.match(text, /^[A-Z][a-z]+s\b/, name);
      assert.match(text, /[^.]\.$/, name);
    }
  });

  it('that users change something with take a request token but those that tell or end a secret, and no others do', () => {
    const untold = ['logout', 'passwordChange', 'tokenAdd'];

    for (const { name, kind, callers, input } of operations) {
      const takesToken = kind === 'write' && callers.includes('user') && !untold.includes(name);
      assert.equal('requestToken' in input.shape, takesToken, name);
    }
  });

  it('that create something answer with 201 and reserve its id', () => {
    const creating = operations.filter(({ status }) => status === 201);

    assert.deepEqual(
      creating.map(({ name, reserves }) => [name, reserves]),
      [
        ['jobAddFolder', true],
        ['jobSubmit', true],
        ['backupJob', true],
        ['backupJobAndDelete', true],
        ['backupRestoreJob', true],
        ['dbImportQueueSQL', true],
      ],
    );
  });

  it('refuse fields that they do not know', () => {
    for (const { name, input } of operations)
      assert.equal(input.safeParse({ ...{}, unknownField: 1 }).success, false, name);
  });

  it('declare each error once, and none that any operation may answer with', () => {
    for (const { name, errors } of operations) {
      assert.equal(new Set(errors).size, errors.length, name);
      assert.deepEqual(
        errors.filter((code) => (commonErrors as readonly string[]).includes(code)),
        [],
        name,
      );
    }
  });

  it('have a test for each error that they declare', () => {
    const tests = globSync('test/operations/**/*.test.ts', { cwd: root })
      .map((file) => readFileSync(join(root, file), 'utf8'))
      .join('\n');
    // A refusal is written as the operation's name and the code, next to each other.
    const isTested = (name: string, code: string): boolean =>
      new RegExp(`'${name}',\\s*'${code}'`).test(tests);
    const missing = operations.flatMap(({ name, errors }) =>
      errors
        // Provoked for all of them in one loop, which checks that it misses none: repeatedRequests.test.ts.
        .filter((code) => code !== 'request-conflict')
        .filter((code) => !isTested(name, code))
        .map((code) => `${name}: ${code}`),
    );

    assert.deepEqual(missing, []);
  });
});

describe('error codes', () => {
  it('keep their number, status and whether a request may be repeated', () => {
    // biome-ignore format: a table is read by its columns
    const known: Record<string, readonly [number: number, status: number, retryable: boolean]> = {
      'malformed-request':  [1,  400, false],
      unauthenticated:      [2,  401, false],
      'login-refused':      [3,  401, false],
      forbidden:            [4,  403, false],
      'no-such-operation':  [5,  404, false],
      'not-found':          [6,  404, false],
      'request-conflict':   [7,  409, false],
      conflict:             [8,  409, true],
      'transition-refused': [9,  409, false],
      'stale-attempt':      [10, 409, false],
      'session-replaced':   [11, 409, false],
      'node-name-taken':    [12, 409, false],
      'too-large':          [13, 413, false],
      'invalid-input':      [14, 422, false],
      internal:             [15, 500, false],
      'try-again':          [16, 503, true],
      'already-exists':     [17, 409, false],
      'too-many-logins':    [18, 429, false],
      'directory-unavailable': [34, 503, true],
      'sso-refused':        [35, 401, false],
      'sso-unavailable':    [36, 503, false],
      'hook-refused': [37, 409, false],
      'hook-failed': [38, 503, false],
      'unsupported-format': [19, 415, false],
      'flush-timeout':      [23, 504, true],
      'queue-too-large':    [24, 409, false],
      'queue-importing':    [25, 409, true],
      'import-refused':     [26, 422, false],
      'archive-busy':       [28, 409, true],
      'backup-damaged':     [29, 409, false],
      'hook-recursion':     [46, 409, false],
    };
    const stated = Object.fromEntries(
      Object.entries(errorCodes).map(([code, { number, status, retryable }]) => [
        code,
        [number, status, retryable],
      ]),
    );

    assert.deepEqual(stated, known);
  });

  it('have a number each, above that of success', () => {
    const numbers = Object.values(errorCodes).map(({ number }) => number);

    assert.equal(new Set<number>(numbers).size, numbers.length);
    assert.ok(numbers.every((number) => number > 0));
  });

  it('are answered by some operation, by any, or by the gateway and the REST API before one is found', () => {
    const answered = new Set<string>([
      ...commonErrors,
      ...operations.flatMap(({ errors }) => errors),
      'no-such-operation',
      'unsupported-format',
    ]);

    assert.deepEqual(Object.keys(errorCodes).sort(), [...answered].sort());
  });
});
