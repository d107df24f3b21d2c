import assert from 'node:assert/strict';
import type { Item } from '../../../shared/store/table.ts';
import { allPages, type Cases, sortKeys } from './cases.ts';

const numbered = (pk: string, count: number): Item[] =>
  Array.from({ length: count }, (_, i) => ({ pk, sk: String(i).padStart(3, '0'), number: i }));

export const batchCases: Cases = {
  'batchWrite puts and batchGet finds more items than one request takes': async ({ table }, pk) => {
    const items = numbered(pk, 230);
    await table.batchWrite('queue', { puts: items });

    const keys = [...items, { pk, sk: 'absent' }].map(({ sk }) => ({ pk, sk }));
    const found = await table.batchGet('queue', keys, { consistent: true });

    assert.deepEqual(
      found.sort((a, b) => (a.sk < b.sk ? -1 : 1)),
      items,
    );
  },

  'batchGet finds items of several partitions': async ({ table }, pk) => {
    const items = [1, 2, 3].map((number) => ({ pk: `${pk}#${number}`, sk: 'item', number }));
    await table.batchWrite('farm', { puts: items });

    const found = await table.batchGet(
      'farm',
      items.map(({ pk: partition, sk }) => ({ pk: partition, sk })),
      { consistent: true },
    );

    assert.deepEqual(found.map(({ number }) => number).sort(), [1, 2, 3]);
  },

  'batchGet of no keys answers with nothing': async ({ table }) => {
    assert.deepEqual(await table.batchGet('queue', []), []);
  },

  'batchGet refuses a key that is given twice': async ({ table }, pk) => {
    const key = { pk, sk: 'item' };

    await assert.rejects(table.batchGet('queue', [key, key]));
  },

  'batchWrite replaces and deletes': async ({ table }, pk) => {
    const items = numbered(pk, 40);
    await table.batchWrite('queue', { puts: items });

    const puts = items.slice(20).map((item) => ({ ...item, number: -1 }));
    const deletes = items.slice(0, 20).map(({ sk }) => ({ pk, sk }));
    await table.batchWrite('queue', { puts, deletes: [...deletes, { pk, sk: 'absent' }] });

    const pages = await allPages(table, { table: 'queue', partition: pk, consistent: true });
    assert.deepEqual(
      pages.flatMap((page) => page.items),
      puts,
    );
  },

  'batchWrite of nothing does nothing': async ({ table }) => {
    await table.batchWrite('queue', {});
    await table.batchWrite('queue', { puts: [], deletes: [] });
  },

  'batchWrite refuses two writes of one item': async ({ table }, pk) => {
    const item = { pk, sk: 'item' };

    await assert.rejects(table.batchWrite('queue', { puts: [item], deletes: [{ pk, sk: 'item' }] }));
    await assert.rejects(table.batchWrite('queue', { puts: [item, item] }));
  },

  'batchWrite takes large items': async ({ table }, pk) => {
    const body = 'x'.repeat(100 * 1024);
    const items = numbered(pk, 30).map((item) => ({ ...item, body }));
    await table.batchWrite('queue', { puts: items });

    const found = await table.batchGet(
      'queue',
      items.map(({ sk }) => ({ pk, sk })),
      { consistent: true },
    );

    assert.deepEqual(sortKeys(found).sort(), sortKeys(items));
    assert.ok(found.every((item) => item['body'] === body));
  },
};
