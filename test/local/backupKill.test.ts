/** A long job through the archive, with real processes that are killed. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { measureBackup } from '../../bench/backup/measureBackup.ts';

describe('a backup of 20,000 chunks, and its restore', () => {
  it('go on in the next process when one is killed, in little memory', async () => {
    const { backup, restore, bytes, ...rest } = await measureBackup(20_000);

    assert.deepEqual(rest, { chunks: 20_000, entries: 1, isSame: true });
    assert.ok(bytes > 100_000);
    for (const { chunksAtKill, chunksAfterKill, extraMb } of [backup, restore]) {
      assert.ok(chunksAtKill >= 10_000 && chunksAfterKill >= chunksAtKill);
      assert.ok(extraMb < 200, `${extraMb} MB`);
    }
  });
});
