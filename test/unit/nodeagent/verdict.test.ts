import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { RollcallError, UnreachableError } from '../../../client/src/client.ts';
import type { ErrorCode } from '../../../client/src/generated.ts';
import { ask } from '../../../nodeagent/src/verdict.ts';

const errorOf = (status: number, code: ErrorCode, retryable = false): RollcallError =>
  new RollcallError(status, { code, retryable, number: 1, details: {}, message: code });

describe('what a failed call means to a node', () => {
  for (const [error, verdict] of [
    [new UnreachableError('no answer'), 'later'],
    [errorOf(503, 'try-again', true), 'later'],
    [errorOf(409, 'conflict', true), 'later'],
    [errorOf(500, 'internal'), 'later'],
    [errorOf(404, 'no-such-operation'), 'later'],
    [errorOf(409, 'stale-attempt'), 'stale'],
    [errorOf(409, 'session-replaced'), 'replaced'],
    [errorOf(401, 'unauthenticated'), 'unknown'],
    [errorOf(404, 'not-found'), 'unknown'],
    [errorOf(422, 'invalid-input'), 'refused'],
    [errorOf(403, 'forbidden'), 'refused'],
  ] as const) {
    it(`${error.message} means ${verdict}`, async () => {
      const answer = await ask(() => Promise.reject(error));

      assert.equal(answer.ok ? 'ok' : answer.verdict, verdict);
    });
  }
});
