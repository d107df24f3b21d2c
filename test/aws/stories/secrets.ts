/** What functions have logged in the whole run has no secret in it. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { SecretsSeen } from '../secretsSeen.ts';

export function secretsStory(secrets: SecretsSeen): void {
  describe('the logs of the run', () => {
    it('have no password and no token in them that went through the API', () => {
      const { secrets: seen, lines } = secrets.counts;

      assert.ok(seen > 100, `only ${seen} secrets were seen`);
      assert.ok(lines > 100, `only ${lines} lines were logged`);
      assert.deepEqual(secrets.tellingLines(), []);
    });
  });
}
