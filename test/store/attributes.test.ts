import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { fromWire, toWire } from '../../shared/store/attributes.ts';

const item = {
  pk: 'A',
  sk: 'b',
  text: '',
  number: -1.5e-7,
  flag: false,
  nothing: null,
  list: [1, 'x', [true], { deep: null }],
  map: { inner: { count: 3 }, empty: {} },
};

describe('items on the wire of DynamoDB', () => {
  it('are spelled by type, and come back as they were', () => {
    const wire = toWire(item);

    assert.deepEqual(wire, {
      pk: { S: 'A' },
      sk: { S: 'b' },
      text: { S: '' },
      number: { N: '-1.5e-7' },
      flag: { BOOL: false },
      nothing: { NULL: true },
      list: { L: [{ N: '1' }, { S: 'x' }, { L: [{ BOOL: true }] }, { M: { deep: { NULL: true } } }] },
      map: { M: { inner: { M: { count: { N: '3' } } }, empty: { M: {} } } },
    });
    assert.deepEqual(fromWire(wire), item);
  });

  for (const value of [undefined, Number.NaN, Number.POSITIVE_INFINITY, 1n]) {
    it(`are refused with ${String(value)} anywhere inside, by the name of the attribute`, () => {
      const broken = { pk: 'A', sk: 'b', outer: [{ cores: value }] } as never;

      assert.throws(() => toWire(broken), /attribute cores holds/);
    });
  }

  it('are refused with a kind of value that Rollcall never writes', () => {
    const wire = { pk: { S: 'A' }, sk: { S: 'b' }, names: { SS: ['x'] } };

    assert.throws(() => fromWire(wire), /attribute names is of a kind that is not ours: SS/);
  });
});
