import assert from 'node:assert/strict';
import {
  attribute,
  equals,
  isNew,
  isThere,
  lessThan,
  type TransactWrite,
} from '../../../shared/store/table.ts';
import type { Cases } from './cases.ts';

export const transactionCases: Cases = {
  'a transaction applies puts, updates, deletes and checks over several tables': async ({ table }, pk) => {
    await table.put('queue', { pk, sk: 'counter', count: 1 });
    await table.put('queue', { pk, sk: 'old' });
    await table.put('farm', { pk, sk: 'version', version: 3 });

    const result = await table.transact([
      { kind: 'put', table: 'queue', item: { pk, sk: 'new', number: 1 }, guard: isNew },
      { kind: 'update', table: 'queue', key: { pk, sk: 'counter' }, changes: { add: { count: 1 } } },
      { kind: 'delete', table: 'queue', key: { pk, sk: 'old' }, guard: isThere },
      { kind: 'check', table: 'farm', key: { pk, sk: 'version' }, guard: [equals('version', 3)] },
    ]);

    assert.deepEqual(result, { applied: true });
    const { items } = await table.query({ table: 'queue', partition: pk, consistent: true });
    assert.deepEqual(items, [
      { pk, sk: 'counter', count: 2 },
      { pk, sk: 'new', number: 1 },
    ]);
    assert.deepEqual(await table.get('farm', { pk, sk: 'version' }), { pk, sk: 'version', version: 3 });
  },

  'a transaction with a lost guard changes nothing and says which guard was lost': async ({ table }, pk) => {
    await table.put('queue', { pk, sk: 'counter', count: 1 });
    const writes: TransactWrite[] = [
      { kind: 'put', table: 'queue', item: { pk, sk: 'new' }, guard: isNew },
      { kind: 'update', table: 'queue', key: { pk, sk: 'counter' }, changes: { add: { count: 1 } } },
    ];

    const check = await table.transact([
      ...writes,
      { kind: 'check', table: 'queue', key: { pk, sk: 'absent' }, guard: isThere },
    ]);
    const update = await table.transact([
      {
        kind: 'update',
        table: 'queue',
        key: { pk, sk: 'other' },
        changes: { set: { x: 1 } },
        guard: [equals('count', 9)],
      },
      ...writes,
    ]);

    assert.deepEqual(check, { applied: false, lost: 2 });
    assert.deepEqual(update, { applied: false, lost: 0 });
    const { items } = await table.query({ table: 'queue', partition: pk, consistent: true });
    assert.deepEqual(items, [{ pk, sk: 'counter', count: 1 }]);
  },

  'a transaction whose change is invalid changes nothing': async ({ table }, pk) => {
    await assert.rejects(
      table.transact([
        { kind: 'put', table: 'queue', item: { pk, sk: 'a' } },
        { kind: 'update', table: 'queue', key: { pk, sk: 'b' }, changes: { set: { 'missing.leaf': 1 } } },
      ]),
    );

    assert.deepEqual(await table.query({ table: 'queue', partition: pk, consistent: true }), { items: [] });
  },

  'a transaction that touches an item twice is refused': async ({ table }, pk) => {
    const key = { pk, sk: 'item' };

    await assert.rejects(
      table.transact([
        { kind: 'put', table: 'queue', item: key },
        { kind: 'check', table: 'queue', key, guard: isNew },
      ]),
    );

    assert.equal(await table.get('queue', key, { consistent: true }), undefined);
  },

  'a transaction takes a hundred writes and no more': async ({ table }, pk) => {
    const puts = (count: number): TransactWrite[] =>
      Array.from({ length: count }, (_, i) => ({
        kind: 'put',
        table: 'queue',
        item: { pk, sk: `item ${i}` },
      }));

    assert.deepEqual(await table.transact(puts(100)), { applied: true });
    await assert.rejects(table.transact(puts(101)));
    const { items } = await table.query({ table: 'queue', partition: pk, consistent: true });
    assert.equal(items.length, 100);
  },

  'parallel transactions on the same items never exceed a guard and never apply by half': async (
    { table },
    pk,
  ) => {
    await table.put('queue', { pk, sk: 'limit', inUse: 0, maximum: 3 });

    const results = await Promise.all(
      Array.from({ length: 6 }, (_, user) =>
        table.transact([
          {
            kind: 'update',
            table: 'queue',
            key: { pk, sk: 'limit' },
            changes: { add: { inUse: 1 } },
            guard: [lessThan('inUse', attribute('maximum'))],
          },
          { kind: 'put', table: 'queue', item: { pk, sk: `use ${user}` }, guard: isNew },
        ]),
      ),
    );

    assert.equal(results.filter(({ applied }) => applied).length, 3);
    assert.ok(results.every((result) => result.applied || result.lost === 0));
    const { items } = await table.query({ table: 'queue', partition: pk, consistent: true });
    assert.deepEqual(items[0], { pk, sk: 'limit', inUse: 3, maximum: 3 });
    assert.equal(items.length, 4);
  },
};
