import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { chunkTransitions } from '../../../shared/domain/chunkStatus.ts';
import {
  hasBegun,
  initialEvent,
  isClaimable,
  jobTransitions,
  mayHaveEnded,
} from '../../../shared/domain/jobStatus.ts';
import { nodeTransitions } from '../../../shared/domain/nodeStatus.ts';
import type { Transition } from '../../../shared/domain/transition.ts';
import { type JobState, jobStatusNames } from '../../../shared/model/job.ts';
import { aJobState } from '../../support/aJobState.ts';

const none = { queued: 0, completed: 0, warning: 0, failed: 0 };

describe('a job that has not begun', () => {
  const now = '2026-01-01T00:00:00.000Z';
  const cases: readonly [met: boolean, startOn: string | null, event: string][] = [
    [false, null, 'wait'],
    [false, '2026-01-02T00:00:00.000Z', 'wait'],
    [true, '2026-01-01T00:00:00.001Z', 'delay'],
    [true, '2026-01-01T00:00:00.000Z', 'queue'],
    [true, '2025-01-01T00:00:00.000Z', 'queue'],
    [true, null, 'queue'],
  ];
  for (const [met, startOn, event] of cases) {
    it(`that ${met ? 'waits for nobody' : 'waits'} and starts on ${startOn} is told to ${event}`, () => {
      assert.equal(initialEvent(met, startOn, now), event);
    });
  }
});

describe('a job', () => {
  it('is claimable while it may start, has chunks left and a free instance', () => {
    const claimable = (change: Partial<JobState>) => isClaimable(aJobState({ total: 3, ...change }));

    assert.equal(claimable({}), true);
    assert.equal(claimable({ status: 'in-progress', next: 2, slots: 2 }), true);
    assert.equal(claimable({ status: 'in-progress', next: 3 }), false);
    assert.equal(claimable({ status: 'in-progress', next: 3, counts: { ...none, queued: 1 } }), true);
    assert.equal(claimable({ paused: true }), false);
    assert.equal(claimable({ maximumInstances: 1, slots: 0 }), true);
    assert.equal(claimable({ maximumInstances: 1, slots: 1 }), false);
    assert.equal(claimable({ maximumInstances: 1, slots: 2 }), false);
    assert.deepEqual(
      jobStatusNames.filter((status) => claimable({ status })),
      ['queued', 'in-progress'],
    );
  });

  it('may have ended when everything is handed out and nobody works on it', () => {
    const over = (change: Partial<JobState>) =>
      mayHaveEnded(aJobState({ status: 'in-progress', total: 3, next: 3, ...change }));

    assert.equal(over({}), true);
    assert.equal(over({ slots: -1 }), true);
    assert.equal(over({ slots: 1 }), false);
    assert.equal(over({ next: 2 }), false);
    assert.equal(over({ paused: true }), true);
    assert.deepEqual(
      jobStatusNames.filter((status) => over({ status })),
      ['queued', 'in-progress'],
    );
  });

  it('has begun once a chunk of its generation was handed out or touched', () => {
    const begun = (change: Partial<JobState>) => hasBegun(aJobState({ total: 3, ...change }));

    assert.equal(begun({}), false);
    assert.equal(begun({ next: 1 }), true);
    assert.equal(begun({ next: 3, followsChunks: true }), false);
    assert.equal(begun({ next: 3, followsChunks: true, counts: { ...none, queued: 1 } }), true);
    assert.equal(begun({ counts: { ...none, failed: 1 } }), true);
    assert.deepEqual(
      jobStatusNames.filter((status) => begun({ status })),
      ['in-progress', 'completed', 'completed-with-warnings', 'failed'],
    );
  });
});

describe('a status machine', () => {
  const machines: readonly [string, readonly Transition<string, string>[]][] = [
    ['job', jobTransitions],
    ['chunk', chunkTransitions],
    ['node', nodeTransitions],
  ];
  for (const [what, table] of machines) {
    it(`of a ${what} has one row for each pair, with a reason`, () => {
      const pairs = table.map(({ from, event }) => `${from} ${event}`);

      assert.equal(new Set(pairs).size, pairs.length);
      for (const { reason } of table) assert.match(reason, /^[a-z].*[^.]$/);
    });
  }
});
