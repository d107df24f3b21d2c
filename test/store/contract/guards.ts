import assert from 'node:assert/strict';
import {
  absent,
  all,
  any,
  atLeast,
  atMost,
  attribute,
  type Clause,
  equals,
  exists,
  isNew,
  isThere,
  lessThan,
  moreThan,
  notEquals,
  oneOf,
} from '../../../shared/store/table.ts';
import type { Cases } from './cases.ts';

const attributes = {
  text: 'm',
  number: 5,
  same: 5,
  zero: 0,
  flag: true,
  nothing: null,
  list: [1, 'two'],
  sameList: [1, 'two'],
  map: { inner: { leaf: 'x', count: 2 } },
  halfwidth: '\uff5e',
  digits: '10',
  status: 'ready',
};

/** Clause, what it says, and whether it holds on the attributes above. */
const clauses: readonly (readonly [string, Clause, boolean])[] = [
  ['a string equals itself', equals('text', 'm'), true],
  ['a string equals another string', equals('text', 'n'), false],
  ['a number equals itself', equals('number', 5), true],
  ['a number equals the string of its digits', equals('number', '5'), false],
  ['a boolean equals itself', equals('flag', true), true],
  ['a boolean equals the other boolean', equals('flag', false), false],
  ['a boolean equals its name', equals('flag', 'true'), false],
  ['null equals null', equals('nothing', null), true],
  ['a string equals null', equals('text', null), false],
  ['an absent attribute equals null', equals('missing', null), false],
  ['an absent attribute equals a string', equals('missing', 'm'), false],
  ['a reserved word equals its value', equals('status', 'ready'), true],

  ['a string differs from itself', notEquals('text', 'm'), false],
  ['a string differs from another string', notEquals('text', 'n'), true],
  ['a number differs from the string of its digits', notEquals('number', '5'), true],
  ['null differs from null', notEquals('nothing', null), false],
  ['an absent attribute differs from a string', notEquals('missing', 'm'), true],
  ['an absent attribute differs from null', notEquals('missing', null), true],

  ['a number is less than a larger one', lessThan('number', 6), true],
  ['a number is less than itself', lessThan('number', 5), false],
  ['a number is less than a string', lessThan('number', '6'), false],
  ['a string is less than a later one', lessThan('text', 'n'), true],
  ['a string of digits is less than a later one by its characters', lessThan('digits', '9'), true],
  [
    'a string is less than one with a larger code point above the basic plane',
    lessThan('halfwidth', '\u{1f600}'),
    true,
  ],
  ['an absent attribute is less than a number', lessThan('missing', 6), false],
  ['null is less than a number', lessThan('nothing', 6), false],
  ['a number is at most itself', atMost('number', 5), true],
  ['a number is at most a smaller one', atMost('number', 4), false],
  ['a number is more than a smaller one', moreThan('number', 4), true],
  ['a number is more than itself', moreThan('number', 5), false],
  ['a string is more than a number', moreThan('text', 4), false],
  ['a number is at least itself', atLeast('number', 5), true],
  ['a number is at least a larger one', atLeast('number', 6), false],
  ['an absent attribute is at least zero', atLeast('missing', 0), false],

  ['an attribute equals another of the same value', equals('number', attribute('same')), true],
  ['an attribute equals another of another value', equals('number', attribute('zero')), false],
  ['a list equals another with the same elements', equals('list', attribute('sameList')), true],
  ['an attribute is less than another of a larger value', lessThan('zero', attribute('number')), true],
  ['an attribute is less than another of another type', lessThan('zero', attribute('text')), false],
  ['an attribute is less than an absent one', lessThan('zero', attribute('missing')), false],
  ['an attribute equals an absent one', equals('zero', attribute('missing')), false],

  ['a string is one of several with it', oneOf('text', ['l', 'm']), true],
  ['a string is one of several without it', oneOf('text', ['l', 'n']), false],
  ['a number is one of several numbers', oneOf('number', [4, 5]), true],
  ['a number is one of several strings', oneOf('number', ['4', '5']), false],
  ['an absent attribute is one of several', oneOf('missing', ['m']), false],
  ['a string is one of none', oneOf('text', []), false],
  ['a number is one of more values than one expression takes', oneOf('number', countTo(250)), true],

  ['a present attribute exists', exists('text'), true],
  ['an attribute that is null exists', exists('nothing'), true],
  ['an absent attribute exists', exists('missing'), false],
  ['a name that every object of JavaScript inherits exists', exists('constructor'), false],
  ['an absent attribute is absent', absent('missing'), true],
  ['a present attribute is absent', absent('text'), false],

  ['a nested value equals itself', equals('map.inner.leaf', 'x'), true],
  ['a nested number is more than a smaller one', moreThan('map.inner.count', 1), true],
  ['a nested path exists', exists('map.inner.leaf'), true],
  ['a nested path that ends too early exists', exists('map.inner.none'), false],
  ['a path into a string exists', exists('text.leaf'), false],
  ['a path into an absent map is absent', absent('missing.leaf'), true],

  ['all of two true clauses hold', all(exists('text'), exists('number')), true],
  ['all of a true and a false clause hold', all(exists('text'), exists('missing')), false],
  ['all of no clauses hold', all(), true],
  ['any of a true and a false clause holds', any(exists('missing'), exists('text')), true],
  ['any of two false clauses holds', any(exists('missing'), equals('number', 6)), false],
  ['any of no clauses holds', any(), false],
  [
    'any of two clauses holds and so does a false one',
    all(any(exists('text'), exists('missing')), equals('number', 6)),
    false,
  ],
  [
    'clauses nest',
    all(any(equals('number', 1), all(atLeast('number', 5), atMost('number', 5))), notEquals('text', 'x')),
    true,
  ],
];

const clauseCases: Cases = Object.fromEntries(
  clauses.map(([statement, clause, expected]): [string, Cases[string]] => [
    `a guard that says "${statement}" ${expected ? 'holds' : 'is lost'}`,
    async ({ table }, pk) => {
      const item = { pk, sk: 'item', ...attributes };
      await table.put('queue', item);

      const result = await table.update('queue', item, { set: { touched: true } }, [clause]);

      assert.equal(result.applied, expected);
    },
  ]),
);

export const guardCases: Cases = {
  ...clauseCases,

  'a guard of several clauses is lost when one of them fails': async ({ table }, pk) => {
    const item = { pk, sk: 'item', ...attributes };
    await table.put('queue', item);

    const result = await table.put('queue', { pk, sk: 'item' }, [equals('number', 5), equals('text', 'n')]);

    assert.deepEqual(result, { applied: false, present: item });
  },

  'a lost guard answers with the present item and changes nothing': async ({ table }, pk) => {
    const item = { pk, sk: 'item', ...attributes };
    await table.put('queue', item);

    const put = await table.put('queue', { pk, sk: 'item', number: 6 }, isNew);
    const update = await table.update('queue', { pk, sk: 'item' }, { add: { number: 1 } }, [
      lessThan('number', 5),
    ]);
    const deletion = await table.delete('queue', { pk, sk: 'item' }, [equals('text', 'n')]);

    for (const result of [put, update, deletion]) assert.deepEqual(result, { applied: false, present: item });
    assert.deepEqual(await table.get('queue', { pk, sk: 'item' }, { consistent: true }), item);
  },

  'a guard that is lost on an absent item answers with no item': async ({ table }, pk) => {
    const key = { pk, sk: 'item' };

    const put = await table.put('queue', { ...key, number: 1 }, isThere);
    const update = await table.update('queue', key, { set: { number: 1 } }, isThere);
    const deletion = await table.delete('queue', key, isThere);

    for (const result of [put, update, deletion]) {
      assert.deepEqual(result, { applied: false, present: undefined });
    }
    assert.equal(await table.get('queue', key, { consistent: true }), undefined);
  },

  'on an absent item only absence and difference hold': async ({ table }, pk) => {
    const difference = await table.put('queue', { pk, sk: 'differs' }, [notEquals('status', 'ended')]);
    const order = await table.put('queue', { pk, sk: 'ordered' }, [lessThan('number', 5)]);

    assert.equal(difference.applied, true);
    assert.equal(order.applied, false);
  },

  'of parallel puts guarded by absence exactly one wins': async ({ table }, pk) => {
    const results = await Promise.all(
      Array.from({ length: 20 }, (_, writer) => table.put('queue', { pk, sk: 'item', writer }, isNew)),
    );

    const winners = results.flatMap((result) => (result.applied ? [result.item] : []));
    assert.equal(winners.length, 1);
    assert.deepEqual(await table.get('queue', { pk, sk: 'item' }, { consistent: true }), winners[0]);
  },

  'parallel claims under "next < total" hand out every number below the total exactly once': async (
    { table },
    pk,
  ) => {
    const key = { pk, sk: 'job' };
    await table.put('queue', { ...key, next: 0, total: 30, slots: 0 });

    const results = await Promise.all(
      Array.from({ length: 50 }, () =>
        table.update('queue', key, { add: { next: 1, slots: 1 } }, [lessThan('next', attribute('total'))]),
      ),
    );

    const claimed = results.flatMap((result) => (result.applied ? [Number(result.item?.['next'])] : []));
    assert.deepEqual(
      claimed.sort((a, b) => a - b),
      countTo(30),
    );
    for (const result of results) {
      if (!result.applied) assert.deepEqual(result.present, { ...key, next: 30, total: 30, slots: 30 });
    }
  },

  'the capacity listener hears of a lost guard, and that it was not free': async ({ table, uses }, pk) => {
    await table.put('queue', { pk, sk: 'item' });
    const heard = uses.length;

    await table.put('queue', { pk, sk: 'item', padding: 'x'.repeat(1100) }, isNew);

    const [use, ...others] = uses.slice(heard);
    assert.deepEqual(use, { table: 'queue', verb: 'put', readUnits: 0, writeUnits: 2, lostGuard: true });
    assert.deepEqual(others, []);
  },
};

function countTo(last: number): number[] {
  return Array.from({ length: last }, (_, i) => i + 1);
}
