/** That the bench runs; what it measures is another machine's business. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, it } from 'node:test';

const bench = (...args: readonly string[]) =>
  spawnSync(process.execPath, [join(import.meta.dirname, '..', '..', 'bench', 'main.ts'), ...args], {
    encoding: 'utf8',
    timeout: 60_000,
  });

describe('npm run bench', () => {
  it('prints the figures of a scenario as one JSON object', () => {
    const { status, stdout, stderr } = bench('--only', 'tiny', '--json');

    assert.equal(status, 0, stderr);
    const { scenarios, wakeUps, losses } = JSON.parse(stdout);
    assert.deepEqual([scenarios.length, wakeUps, losses], [1, [], []]);
    const [{ chunksPerSecond, reportP50Ms, reportP99Ms, rssMb, cpuMsPerChunk, ...described }] = scenarios;
    assert.deepEqual(described, {
      name: 'tiny',
      nodes: 2,
      jobs: 2,
      chunksQueued: 200,
      durability: 'synchronous=FULL',
    });
    for (const figure of [chunksPerSecond, reportP50Ms, reportP99Ms, rssMb, cpuMsPerChunk]) {
      assert.ok(figure > 0, `every figure was measured: ${stdout}`);
    }
  });

  it('refuses a scenario that it does not have, and names those that there are', () => {
    const { status, stdout, stderr } = bench('--only', 'huge');

    assert.deepEqual([status, stdout], [1, '']);
    assert.match(stderr, /there is no scenario huge; there are tiny, 2k, /);
  });
});
