/** How schemas are made: late, once, and without a change to those that they are made from. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as z from 'zod/mini';
import { defineWrite } from '../../../shared/contract/operation.ts';
import { boundedInt, boundedNumber, boundedText } from '../../../shared/model/bounded.ts';
import { described } from '../../../shared/model/described.ts';
import { inEnglish } from '../../../shared/model/inEnglish.ts';

/** The first thing that a schema finds wrong, in words. */
const refusal = (schema: z.ZodMiniType, value: unknown): string | undefined =>
  schema.safeParse(value, inEnglish).error?.issues[0]?.message;

describe('the schemas of an operation', () => {
  it('are made when they are first read, each by itself, and once', () => {
    const made: string[] = [];
    const operation = defineWrite({
      group: 'chairs',
      name: 'chairAdd',
      callers: ['user'],
      input: () => {
        made.push('input');
        return { legs: z.int() };
      },
      output: () => {
        made.push('output');
        return z.strictObject({});
      },
      text: 'Adds a chair.',
    });
    assert.deepEqual(made, []);

    assert.equal(operation.input.safeParse({ legs: 4, requestToken: 'a-token-of-mine' }).success, true);
    assert.equal(operation.input.safeParse({ legs: 'four' }).success, false);
    assert.deepEqual(made, ['input']);

    assert.deepEqual(operation.output.parse({}), {});
    assert.deepEqual(made, ['input', 'output']);
  });
});

describe('a described schema', () => {
  it('parses as before, and leaves the one that it is made from without the description', () => {
    const plain = boundedText(1, 3);
    const named = described(plain, 'Three letters.');

    assert.equal(named.parse('abc'), 'abc');
    assert.equal(named.safeParse('abcd').success, false);
    assert.deepEqual(
      [z.globalRegistry.get(plain), z.globalRegistry.get(named)],
      [undefined, { description: 'Three letters.' }],
    );
  });

  it('has the later of two descriptions', () => {
    const twice = described(described(z.string(), 'A name.'), 'Name of the owner.');

    assert.equal(z.globalRegistry.get(twice)?.description, 'Name of the owner.');
  });
});

describe('a bounded schema', () => {
  it('takes both bounds and refuses what is beyond them, in English', () => {
    assert.deepEqual([boundedInt(1, 3).parse(1), boundedInt(1, 3).parse(3)], [1, 3]);
    assert.equal(refusal(boundedInt(1, 3), 0), 'Too small: expected number to be >=1');
    assert.equal(refusal(boundedInt(1, 3), 4), 'Too big: expected number to be <=3');
    assert.equal(refusal(boundedInt(1, 3), 1.5), 'Invalid input: expected int, received number');
    assert.equal(boundedNumber(0, 1).parse(0.5), 0.5);
    assert.equal(refusal(boundedNumber(0, 1), -0.5), 'Too small: expected number to be >=0');
    assert.equal(refusal(boundedText(1, 3), ''), 'Too small: expected string to have >=1 characters');
    assert.equal(refusal(boundedText(1, 3), 'abcd'), 'Too big: expected string to have <=3 characters');
  });

  it('has no most unless one is given', () => {
    assert.equal(boundedInt(0).parse(9_007_199_254_740_991), 9_007_199_254_740_991);
    assert.equal(boundedNumber(0).parse(1e300), 1e300);
  });
});
