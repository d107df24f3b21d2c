import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { endOfJob, jobProgress, type Recount } from '../../../shared/domain/jobRollup.ts';

const recount = (counts: Partial<Recount['counts']>, change: Partial<Recount> = {}): Recount => ({
  counts: { queued: 0, completed: 0, warning: 0, failed: 0, ...counts },
  running: 0,
  holes: [],
  ...change,
});
const handedOut = { next: 3, total: 3 };

describe('the end of a job', () => {
  const cases: readonly [string, Recount, ReturnType<typeof endOfJob>][] = [
    ['every chunk completed', recount({ completed: 3 }), 'all-completed'],
    ['one had warnings', recount({ completed: 2, warning: 1 }), 'all-warned'],
    ['all had warnings', recount({ warning: 3 }), 'all-warned'],
    ['one failed', recount({ completed: 2, failed: 1 }), 'some-failed'],
    ['one failed and one had warnings', recount({ completed: 1, warning: 1, failed: 1 }), 'some-failed'],
    ['one is still running', recount({ completed: 2 }, { running: 1 }), undefined],
    ['one is queued', recount({ completed: 2, queued: 1 }), undefined],
    ['one was handed out and lost', recount({ completed: 2 }, { holes: [1] }), undefined],
    ['one has no item', recount({ completed: 2 }), undefined],
    ['one runs although all have ended', recount({ completed: 3 }, { running: 1 }), undefined],
  ];
  for (const [what, found, event] of cases) {
    it(`is ${event ?? 'not there yet'} when ${what}`, () => {
      assert.equal(endOfJob(handedOut, found), event);
    });
  }

  it('comes without any node when every chunk was set by hand', () => {
    assert.equal(endOfJob({ next: 0, total: 2 }, recount({ completed: 2 })), 'all-completed');
  });

  it('is there for a job without chunks', () => {
    assert.equal(endOfJob({ next: 0, total: 0 }, recount({})), 'all-completed');
  });
});

describe('the progress of a job', () => {
  it('is the share of chunks that have ended', () => {
    const counts = { queued: 1, completed: 2, warning: 1, failed: 1 };

    assert.equal(jobProgress(8, counts), 0.5);
    assert.equal(jobProgress(0, counts), 1);
  });

  it('stays between 0 and 1 however far the hints are off', () => {
    assert.equal(jobProgress(2, { queued: 0, completed: 9, warning: 0, failed: 0 }), 1);
    assert.equal(jobProgress(2, { queued: 0, completed: -1, warning: 0, failed: 0 }), 0);
  });
});
