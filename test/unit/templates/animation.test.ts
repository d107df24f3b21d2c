import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Track, valueAt } from '../../../templates/tracer/animation.ts';

const track = (ease: Track['ease'], ...keys: [frame: number, ...value: number[]][]): Track => ({
  ease,
  keys: keys.map(([frame, ...value]) => ({ frame, value })),
});

test('one key never changes', () => {
  assert.deepEqual(valueAt(track('smooth', [10, 1, 2]), 99), [1, 2]);
});

test('before the first key and after the last the value stands still', () => {
  const rising = track('linear', [1, 0], [5, 8]);

  assert.deepEqual(valueAt(rising, -3), [0]);
  assert.deepEqual(valueAt(rising, 5), [8]);
  assert.deepEqual(valueAt(rising, 6), [8]);
});

test('linear goes straight from key to key, in every component, between frames too', () => {
  const line = track('linear', [1, 0, 10], [5, 8, 6], [6, 0, 0]);

  assert.deepEqual(valueAt(line, 2), [2, 9]);
  assert.deepEqual(valueAt(line, 2.5), [3, 8.5]);
  assert.deepEqual(valueAt(line, 5.5), [4, 3]);
});

test('smooth between two keys rests at both', () => {
  const eased = track('smooth', [0, 0], [4, 1]);

  assert.deepEqual(
    [0, 1, 2, 3, 4].map((frame) => valueAt(eased, frame)[0]),
    [0, 0.15625, 0.5, 0.84375, 1],
  );
});

test('smooth passes a key on a straight way without slowing down', () => {
  const straight = track('smooth', [0, 0], [10, 10], [20, 20], [30, 30]);

  assert.deepEqual(
    [12, 15, 18].map((frame) => valueAt(straight, frame)[0]?.toFixed(9)),
    ['12.000000000', '15.000000000', '18.000000000'],
  );
});

test('smooth never leaves the range between neighbouring keys', () => {
  const keys: [number, number][] = [
    [0, 1],
    [2, 0.01],
    [9, 0.01],
    [10, 5],
    [12, 4.9],
    [30, 0],
  ];
  const steep = track('smooth', ...keys);

  for (let frame = 0; frame <= 30; frame += 0.25) {
    const [value = Number.NaN] = valueAt(steep, frame);
    const after = keys.findIndex(([at]) => at > frame);
    const neighbours = after === -1 ? keys.slice(-1) : keys.slice(after - 1, after + 1);
    const values = neighbours.map(([, at]) => at);
    assert.ok(value >= Math.min(...values) - 1e-12 && value <= Math.max(...values) + 1e-12, `frame ${frame}`);
  }
});
