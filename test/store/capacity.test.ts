/** Capacity units, written out by DynamoDB's documentation: by formula, and as the embedded store charges them. */
import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { indexWriteUnits, readUnits, transactWriteUnits, writeUnits } from '../../local/store/capacity.ts';
import { Database } from '../../local/store/database.ts';
import { SqliteTable } from '../../local/store/sqliteTable.ts';
import { itemSize } from '../../shared/store/itemSize.ts';
import { type CapacityUse, equals, type Item, isNew, isThere, type Value } from '../../shared/store/table.ts';

/** Bytes of `pk: 'A'` and `sk: 'b'` together: two names of two, two values of one. */
const keyBytes = 6;

describe('the size of an item', () => {
  const sizes: readonly (readonly [string, Value, number])[] = [
    ['a string counts its UTF-8 bytes', 'aß€😀', 1 + 2 + 3 + 4],
    ['an empty string counts nothing', '', 0],
    ['true counts 1', true, 1],
    ['null counts 1', null, 1],
    ['0 counts 1', 0, 1],
    ['5 counts 2', 5, 2],
    ['-5 counts 2', -5, 2],
    ['42 counts 2', 42, 2],
    ['123 counts 3', 123, 3],
    ['1000 counts 2: trailing zeroes are no digits', 1000, 2],
    ['0.00123 counts 3: leading zeroes are no digits', 0.00123, 3],
    ['10.25 counts 3', 10.25, 3],
    ['1e21 counts 2', 1e21, 2],
    ['1.5e-7 counts 2', 1.5e-7, 2],
    ['a number of 16 digits counts 9', 9007199254740991, 9],
    ['a number of 17 digits counts 10', 0.30000000000000004, 10],
    ['an empty list counts 3', [], 3],
    ['a list counts 1 more for each element', ['ab', true], 3 + 1 + 2 + 1 + 1],
    ['an empty map counts 3', {}, 3],
    ['a map counts 1 more for each pair, and its names', { ab: 'x', c: null }, 3 + 1 + 2 + 1 + 1 + 1 + 1],
    ['what is nested counts the same', [{ a: [1] }], 3 + 1 + (3 + 1 + 1 + (3 + 1 + 2))],
  ];

  for (const [sentence, value, size] of sizes) {
    it(`${sentence}, beside its name`, () => {
      assert.equal(itemSize({ pk: 'A', sk: 'b', value }), keyBytes + 5 + size);
    });
  }

  it('is refused above 400 KB', () => {
    const full = { pk: 'A', sk: 'b', x: 'x'.repeat(409600 - keyBytes - 1) };

    assert.equal(itemSize(full), 409600);
    assert.throws(() => itemSize({ ...full, y: '' }), /409601 bytes/);
  });

  it('is refused for values that DynamoDB does not store', () => {
    for (const value of [Number.NaN, Number.POSITIVE_INFINITY, 1e126, 1e-131]) {
      assert.throws(() => itemSize({ pk: 'A', sk: 'b', value }), RangeError);
    }
    assert.throws(() => itemSize({ pk: 'A', sk: 'b', value: undefined as unknown as Value }), TypeError);
  });
});

describe('the formulas', () => {
  it('charge a write by the started KB of the larger image', () => {
    assert.equal(writeUnits(0, 0), 1);
    assert.equal(writeUnits(0, 1024), 1);
    assert.equal(writeUnits(0, 1025), 2);
    assert.equal(writeUnits(3000, 100), 3);
  });

  it('charge a read by the started 4 KB, half when it is eventual', () => {
    assert.equal(readUnits(0, true), 1);
    assert.equal(readUnits(0, false), 0.5);
    assert.equal(readUnits(4096, true), 1);
    assert.equal(readUnits(4097, true), 2);
    assert.equal(readUnits(10_000, false), 1.5);
  });

  it('charge twice for a write in a transaction', () => {
    assert.equal(transactWriteUnits(0, 100), 2);
    assert.equal(transactWriteUnits(100, 1025), 4);
  });

  it('charge an index entry that comes or goes once and one that moves twice', () => {
    const entry = { partition: 'A', sort: '1', size: 100 };

    assert.equal(indexWriteUnits(undefined, entry), 1);
    assert.equal(indexWriteUnits(entry, undefined), 1);
    assert.equal(indexWriteUnits(entry, { ...entry, size: 1500 }), 2);
    assert.equal(indexWriteUnits(entry, { ...entry, sort: '2' }), 2);
    assert.equal(indexWriteUnits({ ...entry, size: 2000 }, { ...entry, partition: 'B', size: 1500 }), 4);
  });
});

describe('the embedded store', () => {
  let database: Database;
  let table: SqliteTable;
  let uses: CapacityUse[];

  beforeEach(() => {
    uses = [];
    database = Database.inMemory();
    table = new SqliteTable(database, { onCapacity: (use) => uses.push(use) });
  });
  afterEach(() => database.close());

  /** Units of what the calls cost, in their order. */
  async function priced(run: () => Promise<unknown>): Promise<string[]> {
    uses.length = 0;
    await run();
    return uses.map(
      ({ verb, readUnits: reads, writeUnits: writes, lostGuard }) =>
        `${verb} ${reads} R ${writes} W${lostGuard ? ' lost' : ''}`,
    );
  }

  const item = (size: number, more: Partial<Item> = {}): Item => {
    const bare = { pk: 'A', sk: 'b', ...more, x: '' };
    return { ...bare, x: 'x'.repeat(size - itemSize(bare)) };
  };
  const key = { pk: 'A', sk: 'b' };

  it('charges puts and deletes by the larger of the images', async () => {
    assert.deepEqual(await priced(() => table.put('archive', item(1024))), ['put 0 R 1 W']);
    assert.deepEqual(await priced(() => table.put('archive', item(2049))), ['put 0 R 3 W']);
    assert.deepEqual(await priced(() => table.put('archive', item(100))), ['put 0 R 3 W']);
    assert.deepEqual(await priced(() => table.delete('archive', key)), ['delete 0 R 1 W']);
    assert.deepEqual(await priced(() => table.delete('archive', key)), ['delete 0 R 1 W']);
  });

  it('charges a lost put by the larger of both items, a lost update or delete by the present one', async () => {
    await table.put('archive', item(1500));
    const never = [equals('x', 'no')];

    assert.deepEqual(await priced(() => table.put('archive', item(2500), isNew)), ['put 0 R 3 W lost']);
    assert.deepEqual(await priced(() => table.put('archive', item(100), isNew)), ['put 0 R 2 W lost']);
    assert.deepEqual(
      await priced(() => table.update('archive', key, { set: { y: 'y'.repeat(5000) } }, never)),
      ['update 0 R 2 W lost'],
    );
    assert.deepEqual(await priced(() => table.delete('archive', key, never)), ['delete 0 R 2 W lost']);
    assert.deepEqual(await priced(() => table.delete('archive', { ...key, sk: 'absent' }, isThere)), [
      'delete 0 R 1 W lost',
    ]);
  });

  it('charges reads of absent, small and large items', async () => {
    await table.put('archive', item(5000));
    const absent = { ...key, sk: 'absent' };

    assert.deepEqual(await priced(() => table.get('archive', absent)), ['get 0.5 R 0 W']);
    assert.deepEqual(await priced(() => table.get('archive', absent, { consistent: true })), ['get 1 R 0 W']);
    assert.deepEqual(await priced(() => table.get('archive', key)), ['get 1 R 0 W']);
    assert.deepEqual(await priced(() => table.get('archive', key, { consistent: true })), ['get 2 R 0 W']);
    assert.deepEqual(await priced(() => table.batchGet('archive', [key, absent], { consistent: true })), [
      'batchGet 3 R 0 W',
    ]);
  });

  it('charges a query for its items together, rounded up once a page', async () => {
    const puts = Array.from({ length: 40 }, (_, i) => item(300, { sk: String(10 + i) }));
    await table.batchWrite('archive', { puts });
    const query = { table: 'archive', partition: 'A' } as const;

    assert.deepEqual(await priced(() => table.query(query)), ['query 1.5 R 0 W']);
    assert.deepEqual(await priced(() => table.query({ ...query, consistent: true })), ['query 3 R 0 W']);
    assert.deepEqual(await priced(() => table.query({ ...query, limit: 13 })), ['query 0.5 R 0 W']);
    assert.deepEqual(await priced(() => table.query({ ...query, partition: 'none' })), ['query 0.5 R 0 W']);
  });

  it('charges a batch for each of its writes', async () => {
    const puts = [item(100, { sk: '1' }), item(1100, { sk: '2' })];

    assert.deepEqual(await priced(() => table.batchWrite('archive', { puts, deletes: [key] })), [
      'batchWrite 0 R 4 W',
    ]);
  });

  it('charges an index for entries that come, change, move and go, and not for those that stay', async () => {
    const update = (changes: Parameters<SqliteTable['update']>[2]) =>
      priced(() => table.update('queue', key, changes));

    assert.deepEqual(await update({ set: { status: 'waiting' } }), ['update 0 R 1 W']);
    assert.deepEqual(await update({ set: { readyPk: 'C', readySk: '1', jobId: 1 } }), ['update 0 R 2 W']);
    assert.deepEqual(await update({ add: { next: 1 } }), ['update 0 R 1 W']);
    assert.deepEqual(await update({ set: { readySk: '1' } }), ['update 0 R 1 W']);
    assert.deepEqual(await update({ set: { jobId: 2 } }), ['update 0 R 2 W']);
    assert.deepEqual(await update({ set: { readySk: '2' } }), ['update 0 R 3 W']);
    assert.deepEqual(await update({ set: { openPk: 'O' } }), ['update 0 R 2 W']);
    assert.deepEqual(await update({ remove: ['readyPk', 'openPk'] }), ['update 0 R 3 W']);
    assert.deepEqual(await priced(() => table.delete('queue', key)), ['delete 0 R 1 W']);
  });

  it('charges an index read by the projected attributes only', async () => {
    await table.put('queue', item(4000, { openPk: 'O' }));

    const charged = await priced(() => table.query({ table: 'queue', index: 'open', partition: 'O' }));

    assert.deepEqual(charged, ['query 0.5 R 0 W']);
  });

  it('charges a transaction twice for its items, once for its indexes, table by table', async () => {
    await table.put('farm', key);

    const charged = await priced(() =>
      table.transact([
        { kind: 'put', table: 'queue', item: item(1500, { openPk: 'O' }), guard: isNew },
        { kind: 'update', table: 'queue', key: { ...key, sk: 'c' }, changes: { set: { x: 1 } } },
        { kind: 'check', table: 'farm', key, guard: isThere },
      ]),
    );
    const lost = await priced(() =>
      table.transact([
        { kind: 'check', table: 'farm', key, guard: isNew },
        { kind: 'delete', table: 'queue', key },
      ]),
    );

    assert.deepEqual(charged, ['transact 0 R 7 W', 'transact 0 R 2 W']);
    assert.deepEqual(lost, ['transact 0 R 2 W lost', 'transact 0 R 4 W lost']);
  });

  it('charges nothing for a write that is refused', async () => {
    const charged = await priced(() => assert.rejects(table.update('archive', key, { set: { 'a.b': 1 } })));

    assert.deepEqual(charged, []);
  });
});
