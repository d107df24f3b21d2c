import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Material } from '../../../templates/tracer/frame.ts';
import { boxDistance, floorDistance, sphereDistance } from '../../../templates/tracer/intersect.ts';

const black = { red: 0, green: 0, blue: 0 };
const material: Material = {
  color: black,
  checkerColor: black,
  checkerSize: 0,
  reflection: 0,
  metal: 0,
  roughness: 1,
  glow: 0,
};
const sphere = { x: 0, y: 0, z: -10, radius: 2, material };
const box = {
  low: { x: -1, y: -2, z: -8 },
  high: { x: 1, y: 2, z: -4 },
  reach: 3,
  material,
};
const none = Number.POSITIVE_INFINITY;

test('a ray meets a sphere where it enters it', () => {
  assert.equal(sphereDistance(sphere, 0, 0, 0, 0, 0, -1), 8);
  assert.equal(sphereDistance(sphere, 2, 0, 0, 0, 0, -1), 10);
});

test('a ray from inside a sphere meets it where it leaves', () => {
  assert.equal(sphereDistance(sphere, 0, 0, -10, 0, 1, 0), 2);
});

test('a ray that passes a sphere, or leaves it behind, meets nothing', () => {
  assert.equal(sphereDistance(sphere, 2.001, 0, 0, 0, 0, -1), none);
  assert.equal(sphereDistance(sphere, 0, 0, 0, 0, 0, 1), none);
});

test('a ray that starts on a sphere does not meet the place it leaves', () => {
  assert.equal(sphereDistance(sphere, 0, 0, -8, 0, 0, 1), none);
  assert.equal(sphereDistance(sphere, 0, 0, -8, 0, 0, -1), 4);
});

test('a ray meets a box at its near side, and from inside at its far side', () => {
  assert.equal(boxDistance(box, 0, 0, 0, 0, 0, -1), 4);
  assert.equal(boxDistance(box, 5, 0, -6, -1, 0, 0), 4);
  assert.equal(boxDistance(box, 0, 0, -6, 0, 1, 0), 2);
});

test('a slanting ray meets a box only if it is between all three pairs of sides at once', () => {
  const half = Math.SQRT1_2;

  assert.equal(boxDistance(box, -4, 0, -2, half, 0, -half).toFixed(9), (3 * Math.SQRT2).toFixed(9));
  assert.equal(boxDistance(box, -4, 0, 3, half, 0, -half), none);
  assert.equal(boxDistance(box, 0, 0, 0, 0, 0, 1), none);
});

test('a ray meets a floor from above and from below, and never along it', () => {
  const floor = { height: 1, material };

  assert.equal(floorDistance(floor, 4, -1), 3);
  assert.equal(floorDistance(floor, 0, 0.5), 2);
  assert.equal(floorDistance(floor, 4, 1), none);
  assert.equal(floorDistance(floor, 4, 0), none);
});
