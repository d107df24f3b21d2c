import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { gateRules, mayHaveWaiting, questionAfter, reasonOf } from '../../../shared/domain/chunkGates.ts';
import { newChunkGate } from '../../../shared/model/chunkGate.ts';
import type { JobState } from '../../../shared/model/job.ts';
import { aJobState } from '../../support/aJobState.ts';

const gated = (fields: Partial<JobState> = {}): JobState =>
  aJobState({ status: 'queued', followsChunks: true, next: 1_000, total: 1_000, ...fields });
const queued = (count: number) => ({ queued: count, completed: 0, warning: 0, failed: 0 });

describe('a hook is asked about chunks', () => {
  it('also about those that it has refused, when the job may start or is another one', () => {
    const state = gated();

    assert.equal(questionAfter(undefined, state), 'again');
    assert.equal(questionAfter(gated({ status: 'waiting' }), state), 'again');
    assert.equal(questionAfter(gated({ paused: true }), state), 'again');
    assert.equal(questionAfter(gated({ followsChunks: false }), state), 'again');
    assert.equal(questionAfter(gated({ specVersion: 1 }), gated({ specVersion: 2 })), 'again');
    assert.equal(questionAfter(gated({ generation: 1 }), gated({ generation: 2 })), 'again');
  });

  it('about the next ones when the queued ones fall below the mark, and only then', () => {
    assert.equal(questionAfter(gated({ counts: queued(150) }), gated({ counts: queued(149) })), 'next');
    assert.equal(questionAfter(gated({ counts: queued(151) }), gated({ counts: queued(150) })), undefined);
    assert.equal(questionAfter(gated({ counts: queued(149) }), gated({ counts: queued(148) })), undefined);
    assert.equal(questionAfter(gated({ counts: queued(149) }), gated({ counts: queued(150) })), undefined);
  });

  it('never of a job that does not wait for a hook, may not start or has all its chunks in the queue', () => {
    assert.equal(questionAfter(undefined, gated({ followsChunks: false })), undefined);
    assert.equal(questionAfter(undefined, gated({ paused: true })), undefined);
    assert.equal(questionAfter(undefined, gated({ status: 'delayed' })), undefined);
    assert.equal(mayHaveWaiting(gated({ total: 3, slots: 1, counts: queued(2) })), false);
    assert.equal(mayHaveWaiting(gated({ total: 3, slots: 1, counts: queued(1) })), true);
  });
});

describe('what a hook has said', () => {
  const refused = 'onValidateChunkDependancies of its template has refused it';
  const gate = { ...newChunkGate(1, 1), asked: 9, refused: [4, 2, 7], reasons: ['no disk', 'no cache'] };

  it('is told of each chunk, as far as it is kept', () => {
    assert.equal(reasonOf(gate, 2), 'no cache');
    assert.equal(reasonOf(gate, 7), refused);
    assert.equal(reasonOf({ ...gate, passedOver: 8 }, 8), refused);
    assert.equal(reasonOf({ ...gate, passedOver: 8 }, 9), 'its template was not asked about it yet');
  });

  it('is told of a job, the others by their number', () => {
    assert.deepEqual(gateRules(gate), ['chunk 5: no disk', 'chunk 3: no cache', `1 more: ${refused}`]);
    assert.deepEqual(gateRules(newChunkGate(1, 1)), [
      'its other chunks: its template was not asked about it yet',
    ]);
  });
});
