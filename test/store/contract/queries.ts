import assert from 'node:assert/strict';
import type { Item, Query, Table } from '../../../shared/store/table.ts';
import { allPages, type Cases, eventually, sortKeys } from './cases.ts';

/** Items with the sort keys 00 to the last, as many as asked for. */
async function fill(table: Table, pk: string, count: number): Promise<string[]> {
  const items = Array.from({ length: count }, (_, i) => ({ pk, sk: String(i).padStart(2, '0'), number: i }));
  await table.batchWrite('queue', { puts: items });
  return sortKeys(items);
}

const strong = (partition: string, more: Partial<Query> = {}): Query => ({
  table: 'queue',
  partition,
  consistent: true,
  ...more,
});

async function keysOf(table: Table, query: Query): Promise<string[]> {
  return sortKeys((await table.query(query)).items);
}

/** A state of a job that is claimable, in the index `ready` of a class that only this case uses. */
const claimable = (pk: string, sk: string, readySk: string): Item => ({
  pk,
  sk,
  readyPk: `READY#${pk}`,
  readySk,
  jobId: `job ${sk}`,
  status: 'in-progress',
});

const ready = (pk: string, more: Partial<Query> = {}): Query => ({
  table: 'queue',
  index: 'ready',
  partition: `READY#${pk}`,
  ...more,
});

export const queryCases: Cases = {
  'a query answers with a partition in the order of its sort keys': async ({ table }, pk) => {
    const keys = await fill(table, pk, 12);
    await fill(table, `${pk}#other`, 3);

    const page = await table.query(strong(pk));

    assert.deepEqual(sortKeys(page.items), keys);
    assert.deepEqual(page.items[3], { pk, sk: '03', number: 3 });
    assert.equal(page.next, undefined);
  },

  'a query of an empty partition answers with nothing': async ({ table }, pk) => {
    assert.deepEqual(await table.query({ table: 'queue', partition: pk }), { items: [] });
  },

  'a query keeps its bounds, both inclusive': async ({ table }, pk) => {
    const keys = await fill(table, pk, 10);

    assert.deepEqual(await keysOf(table, strong(pk, { from: '03', to: '06' })), keys.slice(3, 7));
    assert.deepEqual(await keysOf(table, strong(pk, { from: '07' })), keys.slice(7));
    assert.deepEqual(await keysOf(table, strong(pk, { to: '02' })), keys.slice(0, 3));
    assert.deepEqual(await keysOf(table, strong(pk, { from: '05', to: '05' })), ['05']);
    assert.deepEqual(await keysOf(table, strong(pk, { from: '035', to: '045' })), ['04']);
    assert.deepEqual(await keysOf(table, strong(pk, { from: '06', to: '03' })), []);
  },

  'a backward query starts with the largest sort key, within its bounds': async ({ table }, pk) => {
    const keys = (await fill(table, pk, 10)).reverse();

    assert.deepEqual(await keysOf(table, strong(pk, { backward: true })), keys);
    assert.deepEqual(await keysOf(table, strong(pk, { backward: true, limit: 3 })), ['09', '08', '07']);
    assert.deepEqual(
      await keysOf(table, strong(pk, { backward: true, from: '03', to: '06' })),
      keys.slice(3, 7),
    );
  },

  'pages follow one another without gaps or repeats, in both directions and within bounds': async (
    { table },
    pk,
  ) => {
    const keys = await fill(table, pk, 23);

    for (const limit of [1, 4, 22, 23, 24]) {
      for (const backward of [false, true]) {
        const pages = await allPages(table, strong(pk, { limit, backward, from: '01', to: '21' }));

        const expected = keys.slice(1, 22);
        assert.deepEqual(
          sortKeys(pages.flatMap(({ items }) => items)),
          backward ? expected.reverse() : expected,
        );
        for (const { items } of pages) assert.ok(items.length <= limit);
      }
    }
  },

  'a page that the limit ended says where to read on, also when nothing follows': async ({ table }, pk) => {
    await fill(table, pk, 4);

    const full = await table.query(strong(pk, { limit: 4 }));
    const rest = await table.query(strong(pk, { limit: 4, after: full.next ?? assert.fail('no next') }));

    assert.deepEqual(full.next, { pk, sk: '03' });
    assert.deepEqual(rest, { items: [] });
  },

  'reading on works from the key of an item that is gone': async ({ table }, pk) => {
    const keys = await fill(table, pk, 6);
    const { next } = await table.query(strong(pk, { limit: 3 }));
    await table.delete('queue', { pk, sk: '02' });

    const rest = await table.query(strong(pk, { after: next ?? assert.fail('no next') }));

    assert.deepEqual(sortKeys(rest.items), keys.slice(3));
  },

  'a limit out of range is refused': async ({ table }, pk) => {
    for (const limit of [0, -1, 1.5, 1001])
      await assert.rejects(table.query(strong(pk, { limit })), RangeError);
  },

  'a page ends at about 1 MB': async ({ table }, pk) => {
    const body = 'x'.repeat(150 * 1024);
    const keys = Array.from({ length: 16 }, (_, i) => String(i).padStart(2, '0'));
    for (const sk of keys) await table.put('queue', { pk, sk, body });

    const pages = await allPages(table, strong(pk));

    assert.deepEqual(sortKeys(pages.flatMap(({ items }) => items)), keys);
    assert.ok(pages.length >= 3, `${pages.length} pages`);
    for (const { items } of pages) assert.ok(items.length <= 7, `${items.length} items of 150 KB in a page`);
  },

  'sort keys are ordered by their UTF-8 bytes': async ({ table }, pk) => {
    const keys = ['Z', 'a', 'aa', 'b', 'é', '\uff5e', '\u{1f600}'];
    await table.batchWrite('queue', { puts: keys.toReversed().map((sk) => ({ pk, sk })) });

    assert.deepEqual(await keysOf(table, strong(pk)), keys);
    assert.deepEqual(await keysOf(table, strong(pk, { from: '\uff5e' })), ['\uff5e', '\u{1f600}']);
  },

  'an index shows its entries in their order with the projected attributes only': async ({ table }, pk) => {
    await table.batchWrite('queue', {
      puts: [
        claimable(pk, 'a', '30'),
        claimable(pk, 'b', '10'),
        claimable(pk, 'c', '20'),
        { pk, sk: 'd', status: 'ended' },
        { pk, sk: 'e', readyPk: `READY#${pk}` },
      ],
    });

    const page = await eventually(async () => {
      const found = await table.query(ready(pk));
      assert.equal(found.items.length, 3);
      return found;
    });

    assert.deepEqual(page, {
      items: [
        { pk, sk: 'b', readyPk: `READY#${pk}`, readySk: '10', jobId: 'job b' },
        { pk, sk: 'c', readyPk: `READY#${pk}`, readySk: '20', jobId: 'job c' },
        { pk, sk: 'a', readyPk: `READY#${pk}`, readySk: '30', jobId: 'job a' },
      ],
    });
  },

  'an index keeps bounds, direction and pages, also among equal sort keys': async ({ table }, pk) => {
    const items = ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((sk, i) =>
      claimable(pk, sk, ['10', '20', '20', '20', '20', '30', '40'][i] ?? ''),
    );
    await table.batchWrite('queue', { puts: items });
    await eventually(async () => assert.equal((await table.query(ready(pk))).items.length, 7));

    for (const backward of [false, true]) {
      const pages = await allPages(table, ready(pk, { from: '20', to: '30', limit: 2, backward }));
      const found = pages.flatMap((page) => page.items);

      assert.deepEqual(sortKeys(found).sort(), ['b', 'c', 'd', 'e', 'f']);
      assert.equal(found.at(backward ? 0 : -1)?.sk, 'f');
      for (const { items: part, next } of pages.slice(0, -1)) {
        const last = part.at(-1);
        assert.deepEqual(next, { pk, sk: last?.sk, readyPk: `READY#${pk}`, readySk: last?.['readySk'] });
      }
    }
  },

  'an index on the sort key of the item keeps its order and bounds': async ({ table }, pk) => {
    const puts = ['c', 'a', 'b'].map((sk) => ({ pk: `${pk}#${sk}`, sk, openPk: pk, status: 'x' }));
    await table.batchWrite('queue', { puts });

    const page = await eventually(async () => {
      const found = await table.query({ table: 'queue', index: 'open', partition: pk, from: 'b' });
      assert.equal(found.items.length, 2);
      return found;
    });

    assert.deepEqual(page.items, [
      { pk: `${pk}#b`, sk: 'b', openPk: pk },
      { pk: `${pk}#c`, sk: 'c', openPk: pk },
    ]);
  },

  'an item enters, moves in and leaves a sparse index with its keys': async ({ table }, pk) => {
    const key = { pk, sk: 'a' };
    const shows = (partition: string, expected: readonly string[]) =>
      eventually(async () => {
        const { items } = await table.query({ table: 'queue', index: 'ready', partition });
        assert.deepEqual(
          items.map((item) => item['readySk']),
          expected,
        );
      });

    await table.put('queue', { ...key, status: 'waiting' });
    await shows(`READY#${pk}`, []);

    await table.update('queue', key, { set: { readyPk: `READY#${pk}`, readySk: '10', jobId: 7 } });
    await shows(`READY#${pk}`, ['10']);

    await table.update('queue', key, { set: { readySk: '20' } });
    await shows(`READY#${pk}`, ['20']);

    await table.update('queue', key, { set: { readyPk: `OTHER#${pk}` } });
    await shows(`READY#${pk}`, []);
    await shows(`OTHER#${pk}`, ['20']);

    await table.update('queue', key, { remove: ['readySk'] });
    await shows(`OTHER#${pk}`, []);

    await table.put('queue', claimable(pk, 'a', '30'));
    await shows(`READY#${pk}`, ['30']);

    await table.delete('queue', key);
    await shows(`READY#${pk}`, []);
  },

  'an index follows a projected attribute': async ({ table }, pk) => {
    await table.put('queue', claimable(pk, 'a', '10'));

    await table.update('queue', { pk, sk: 'a' }, { set: { jobId: 'another' } });

    await eventually(async () => {
      const { items } = await table.query(ready(pk));
      assert.equal(items[0]?.['jobId'], 'another');
    });
  },

  'a strong read of an index is refused': async ({ table }, pk) => {
    await assert.rejects(table.query(ready(pk, { consistent: true })));
  },

  'an index that the table does not have is refused': async ({ table }, pk) => {
    await assert.rejects(table.query({ table: 'archive', index: 'ready', partition: pk }));
  },
};
