import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type Sample, secondsLeft, withSample } from '../../cli/src/watching/timeLeft.ts';

const seen = (...points: readonly [seconds: number, ended: number][]): readonly Sample[] =>
  points.reduce<readonly Sample[]>(
    (samples, [seconds, ended]) => withSample(samples, { at: seconds * 1_000, ended }),
    [],
  );

describe('the time left', () => {
  it('follows the rate of the changes that were seen', () => {
    const samples = seen([0, 10], [10, 11], [20, 12]);

    assert.equal(secondsLeft(samples, 20_000, 6, 0), 60);
  });

  it('grows while nothing ends', () => {
    const samples = seen([0, 10], [10, 11], [20, 12]);

    assert.equal(secondsLeft(samples, 40_000, 6, 0), 120);
  });

  it('takes the whole run before enough was seen', () => {
    assert.equal(secondsLeft(seen([100, 10]), 100_000, 10, 0), 100);
  });

  it('is unknown before the first chunk ended, and when the clocks do not agree', () => {
    assert.equal(secondsLeft(seen([100, 0]), 100_000, 10, 0), undefined);
    assert.equal(secondsLeft(seen([100, 5]), 100_000, 10, 200_000), undefined);
    assert.equal(secondsLeft(seen([100, 5]), 100_000, 10, undefined), undefined);
  });

  it('is nothing when nothing is left', () => {
    assert.equal(secondsLeft(seen([0, 5]), 0, 0, undefined), 0);
  });

  it('begins anew when chunks are put back', () => {
    assert.deepEqual(seen([0, 10], [10, 11], [20, 3]), [{ at: 20_000, ended: 3 }]);
  });

  it('forgets what is long ago', () => {
    const points = Array.from({ length: 90 }, (_, index): [number, number] => [index, index]);

    assert.equal(seen(...points).length, 61);
    assert.equal(seen([0, 1], [5, 1], [9, 1]).length, 1);
  });
});
