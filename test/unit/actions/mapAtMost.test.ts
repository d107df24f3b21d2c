import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mapAtMost } from '../../../shared/actions/mapAtMost.ts';

test('no more than so many run at a time, the next begins when one ends, and answers stand in order', async () => {
  const begun: string[] = [];
  const finish = new Map<string, () => void>();
  const all = mapAtMost(2, ['a', 'b', 'c', 'd'], async (item, position) => {
    begun.push(item);
    await new Promise<void>((resolve) => finish.set(item, resolve));
    return `${item}${position}`;
  });
  assert.deepEqual(begun, ['a', 'b']);
  finish.get('b')?.();
  await new Promise(setImmediate);
  assert.deepEqual(begun, ['a', 'b', 'c']);
  finish.get('a')?.();
  await new Promise(setImmediate);
  assert.deepEqual(begun, ['a', 'b', 'c', 'd']);
  finish.get('d')?.();
  finish.get('c')?.();
  assert.deepEqual(await all, ['a0', 'b1', 'c2', 'd3']);
});

test('a failure is thrown, and nothing is answered for none', async () => {
  await assert.rejects(
    mapAtMost(2, [1, 2, 3], async (item) => {
      if (item === 2) throw new Error('no room');
      return item;
    }),
    /no room/,
  );
  assert.deepEqual(await mapAtMost(2, [], async () => 1), []);
});
