import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  frameFile,
  frameRunProblem,
  framesOf,
  patternProblem,
  splitPattern,
} from '../../../shared/domain/frames.ts';

test('the run of # becomes the frame, padded to its length', () => {
  assert.equal(frameFile('/out/frame.####.png', 7), '/out/frame.0007.png');
  assert.equal(frameFile('/out/frame.##.png', 1234), '/out/frame.1234.png');
  assert.equal(frameFile('C:\\out\\f#.png', 3), 'C:\\out\\f3.png');
});

test('negative frames and fractions keep their sign and digits', () => {
  assert.equal(frameFile('f.####.png', -7), 'f.-0007.png');
  assert.equal(frameFile('f.####.png', 7.25), 'f.0007.25.png');
  assert.equal(frameFile('f.####.png', 0.1 + 0.2), 'f.0000.3.png');
});

test('a slice is named before the extension, with digits enough to sort', () => {
  assert.equal(frameFile('f.####.png', 1, { index: 3, count: 8 }), 'f.0001.slice03.png');
  assert.equal(frameFile('f.####.PNG', 1, { index: 3, count: 360 }), 'f.0001.slice003.PNG');
});

test('frames go from start to end by step', () => {
  assert.deepEqual(framesOf(1, 4, 1), [1, 2, 3, 4]);
  assert.deepEqual(framesOf(1, 6, 2), [1, 3, 5]);
  assert.deepEqual(framesOf(-1, -1, 1), [-1]);
});

test('a fraction as step does not lose the last frame', () => {
  assert.equal(framesOf(0, 0.3, 0.1).length, 4);
  assert.equal(framesOf(0, 666, 2 / 3).length, 1_000);
});

test('a pattern needs one run of # in its file name and the ending .png', () => {
  const rule = 'must have one run of # in the file name, which becomes the frame number';

  assert.equal(patternProblem('/out/frame.####.png'), undefined);
  assert.equal(patternProblem('/out/frame.png'), rule);
  assert.equal(patternProblem('/out/####/frame.png'), rule);
  assert.equal(patternProblem('/out/##.##.png'), rule);
  assert.equal(patternProblem('/out/frame.####.exr'), 'must end in .png');
});

test('a pattern of any format needs its run of # alone', () => {
  assert.equal(frameRunProblem('/out/frame.####.exr'), undefined);
  assert.equal(
    frameRunProblem('/out/frame.exr'),
    'must have one run of # in the file name, which becomes the frame number',
  );
});

test('a pattern is cut at its run of #', () => {
  assert.deepEqual(splitPattern('/out/frame.####.png'), { before: '/out/frame.', digits: 4, after: '.png' });
  assert.deepEqual(splitPattern('#'), { before: '', digits: 1, after: '' });
});
