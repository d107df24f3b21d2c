import assert from 'node:assert/strict';
import type { Changes, Item, Key, Table, Value } from '../../../shared/store/table.ts';
import type { Cases } from './cases.ts';

const read = (table: Table, { pk, sk }: Key) => table.get('queue', { pk, sk }, { consistent: true });

/** Changes that must be refused, by why; each is tried on the item `{ number: 1, text: 'x', map: { leaf: 1 } }`. */
const refusals: Readonly<Record<string, Changes>> = {
  'sets a path inside an absent map': { set: { 'missing.leaf': 1 } },
  'sets a path inside a string': { set: { 'text.leaf': 1 } },
  'sets, if absent, a path inside an absent map': { setIfAbsent: { 'missing.leaf': 1 } },
  'removes a path inside an absent map': { remove: ['missing.leaf'] },
  'adds to a string': { add: { text: 1 } },
  'names a path twice': { set: { number: 2 }, remove: ['number'] },
  'names a map and a path inside it': { set: { map: {}, 'map.leaf': 2 } },
  'sets the sort key': { set: { sk: 'other' } },
  'removes the partition key': { remove: ['pk'] },
  'sets undefined': { set: { number: undefined as unknown as Value } },
  'sets undefined inside a map': { set: { map: { leaf: undefined } as unknown as Value } },
  'sets a number that is none': { set: { number: Number.NaN } },
};

const refusalCases: Cases = Object.fromEntries(
  Object.entries(refusals).map(([reason, changes]): [string, Cases[string]] => [
    `an update that ${reason} is refused and changes nothing`,
    async ({ table }, pk) => {
      const item = { pk, sk: 'item', number: 1, text: 'x', map: { leaf: 1 } };
      await table.put('queue', item);

      await assert.rejects(table.update('queue', { pk, sk: 'item' }, changes));

      assert.deepEqual(await read(table, item), item);
    },
  ]),
);

export const writeCases: Cases = {
  'get answers with nothing for an absent item': async ({ table }, pk) => {
    assert.equal(await table.get('queue', { pk, sk: 'item' }), undefined);
    assert.equal(await read(table, { pk, sk: 'item' }), undefined);
  },

  'put stores every kind of value as it is': async ({ table }, pk) => {
    const item: Item = {
      pk,
      sk: 'item',
      text: 'grüße 🎬 \u0000 "quoted" \\',
      empty: '',
      integer: 9007199254740991,
      negative: -12.5,
      small: 1e-7,
      precise: 0.1 + 0.2,
      zero: 0,
      yes: true,
      no: false,
      nothing: null,
      list: [1, 'two', [null, {}], { three: 3 }],
      emptyList: [],
      map: { inner: { 'with space': 1 } },
      'name-with.dot #and:more': 'x',
      status: 'a reserved word',
    };

    const result = await table.put('queue', item);

    assert.deepEqual(result, { applied: true, item });
    assert.deepEqual(await read(table, item), item);
  },

  'put replaces the whole item': async ({ table }, pk) => {
    await table.put('queue', { pk, sk: 'item', old: true });

    await table.put('queue', { pk, sk: 'item', fresh: true });

    assert.deepEqual(await read(table, { pk, sk: 'item' }), { pk, sk: 'item', fresh: true });
  },

  'put refuses undefined anywhere and stores nothing': async ({ table }, pk) => {
    const gone = undefined as unknown as Value;

    await assert.rejects(table.put('queue', { pk, sk: 'item', value: gone }));
    await assert.rejects(table.put('queue', { pk, sk: 'item', map: { value: gone } }));
    await assert.rejects(table.put('queue', { pk, sk: 'item', list: [gone] }));

    assert.equal(await read(table, { pk, sk: 'item' }), undefined);
  },

  'put refuses an index key that is empty or no string': async ({ table }, pk) => {
    await assert.rejects(table.put('queue', { pk, sk: 'item', openPk: '' }));
    await assert.rejects(table.put('queue', { pk, sk: 'item', openPk: 1 }));

    assert.equal(await read(table, { pk, sk: 'item' }), undefined);
  },

  'keys that are empty are refused': async ({ table }, pk) => {
    await assert.rejects(table.put('queue', { pk, sk: '' }));
    await assert.rejects(table.get('queue', { pk: '', sk: 'item' }));
  },

  'keys of any characters and of 1024 bytes address their items': async ({ table }, pk) => {
    const keys = ['ключ', '鍵🔑', 'a b\tc\nd', 'quote\'"`', '%_*?', 'é', 'e\u0301', 'x'.repeat(1024)];
    for (const [number, sk] of keys.entries()) await table.put('queue', { pk, sk, number });

    for (const [number, sk] of keys.entries()) {
      assert.deepEqual(await read(table, { pk, sk }), { pk, sk, number });
    }
  },

  'an item near 400 KB is stored whole': async ({ table }, pk) => {
    const item = { pk, sk: 'item', body: 'ß'.repeat(200 * 1024 - 50) };

    await table.put('queue', item);

    assert.deepEqual(await read(table, item), item);
  },

  'an item above 400 KB is refused, put or grown': async ({ table }, pk) => {
    const half = 'x'.repeat(250 * 1024);
    const item = { pk, sk: 'item', first: half };
    await table.put('queue', item);

    await assert.rejects(table.put('queue', { pk, sk: 'other', body: 'x'.repeat(400 * 1024) }));
    await assert.rejects(table.update('queue', { pk, sk: 'item' }, { set: { second: half } }));

    assert.equal(await read(table, { pk, sk: 'other' }), undefined);
    assert.deepEqual(await read(table, item), item);
  },

  'what a read answers with is a copy': async ({ table }, pk) => {
    const item = { pk, sk: 'item', map: { leaf: 1 } };
    await table.put('queue', item);

    const first = (await read(table, item)) as unknown as typeof item;
    first.map.leaf = 2;

    assert.deepEqual(await read(table, item), item);
  },

  'update creates an absent item with its key': async ({ table }, pk) => {
    const result = await table.update(
      'queue',
      { pk, sk: 'item' },
      { set: { text: 'x' }, add: { number: 2 } },
    );

    assert.deepEqual(result, { applied: true, item: { pk, sk: 'item', text: 'x', number: 2 } });
    assert.deepEqual(await read(table, { pk, sk: 'item' }), { pk, sk: 'item', text: 'x', number: 2 });
  },

  'update without changes creates an absent item': async ({ table }, pk) => {
    await table.update('queue', { pk, sk: 'item' }, {});

    assert.deepEqual(await read(table, { pk, sk: 'item' }), { pk, sk: 'item' });
  },

  'update sets, sets if absent, adds and removes in one write and answers with the new item': async (
    { table },
    pk,
  ) => {
    await table.put('queue', { pk, sk: 'item', a: 1, b: 2, c: 3, d: 4 });

    const result = await table.update(
      'queue',
      { pk, sk: 'item' },
      {
        set: { a: [{ deep: null }] },
        setIfAbsent: { b: 20, e: 50 },
        add: { c: -5, f: 1.5 },
        remove: ['d', 'g'],
      },
    );

    const expected = { pk, sk: 'item', a: [{ deep: null }], b: 2, c: -2, e: 50, f: 1.5 };
    assert.deepEqual(result, { applied: true, item: expected });
    assert.deepEqual(await read(table, { pk, sk: 'item' }), expected);
  },

  'setIfAbsent leaves null alone': async ({ table }, pk) => {
    await table.put('queue', { pk, sk: 'item', nothing: null });

    await table.update('queue', { pk, sk: 'item' }, { setIfAbsent: { nothing: 1 } });

    assert.deepEqual(await read(table, { pk, sk: 'item' }), { pk, sk: 'item', nothing: null });
  },

  'update changes nested paths and leaves their neighbours alone': async ({ table }, pk) => {
    await table.put('queue', { pk, sk: 'item', map: { inner: { keep: 1, drop: 2 }, other: 3 } });

    await table.update(
      'queue',
      { pk, sk: 'item' },
      {
        set: { 'map.inner.fresh': { x: 1 } },
        setIfAbsent: { 'map.other': 30, 'map.late': 4 },
        remove: ['map.inner.drop'],
      },
    );

    assert.deepEqual(await read(table, { pk, sk: 'item' }), {
      pk,
      sk: 'item',
      map: { inner: { keep: 1, fresh: { x: 1 } }, other: 3, late: 4 },
    });
  },

  ...refusalCases,

  'delete answers with the item as it was': async ({ table }, pk) => {
    const item = { pk, sk: 'item', number: 1 };
    await table.put('queue', item);

    const result = await table.delete('queue', { pk, sk: 'item' });

    assert.deepEqual(result, { applied: true, item });
    assert.equal(await read(table, item), undefined);
  },

  'delete of an absent item is applied and answers with no item': async ({ table }, pk) => {
    assert.deepEqual(await table.delete('queue', { pk, sk: 'item' }), { applied: true, item: undefined });
  },

  'parallel updates of one item all count': async ({ table }, pk) => {
    await Promise.all(
      Array.from({ length: 40 }, () => table.update('queue', { pk, sk: 'item' }, { add: { count: 1 } })),
    );

    assert.deepEqual(await read(table, { pk, sk: 'item' }), { pk, sk: 'item', count: 40 });
  },

  'tables are apart': async ({ table }, pk) => {
    await table.put('queue', { pk, sk: 'item', where: 'queue' });
    await table.put('archive', { pk, sk: 'item', where: 'archive' });

    assert.equal((await table.get('queue', { pk, sk: 'item' }, { consistent: true }))?.['where'], 'queue');
    assert.equal(
      (await table.get('archive', { pk, sk: 'item' }, { consistent: true }))?.['where'],
      'archive',
    );
    assert.equal(await table.get('farm', { pk, sk: 'item' }, { consistent: true }), undefined);
  },
};
