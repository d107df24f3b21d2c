import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { matchesAny } from './matchFilter.ts';

const feed = [
  JSON.stringify({ eventName: ['INSERT', 'MODIFY'] }),
  JSON.stringify({ eventName: ['REMOVE'], userIdentity: { principalId: [{ exists: false }] } }),
];

describe('the filter of an event source', () => {
  it('lets through what fits one of its patterns, whole', () => {
    assert.equal(matchesAny(feed, { eventName: 'INSERT' }), true);
    assert.equal(matchesAny(feed, { eventName: 'REMOVE' }), true);
    assert.equal(matchesAny(feed, { eventName: 'OTHER' }), false);
  });

  it('keeps back a deletion by time to live', () => {
    const userIdentity = { type: 'Service', principalId: 'dynamodb.amazonaws.com' };

    assert.equal(matchesAny(feed, { eventName: 'REMOVE', userIdentity }), false);
    assert.equal(matchesAny(feed, { eventName: 'MODIFY', userIdentity }), true);
  });

  it('lets everything through without patterns', () => {
    assert.equal(matchesAny([], { eventName: 'OTHER' }), true);
  });

  it('compares values with their kind', () => {
    assert.equal(matchesAny(['{"count":[1]}'], { count: 1 }), true);
    assert.equal(matchesAny(['{"count":[1]}'], { count: '1' }), false);
    assert.equal(matchesAny(['{"count":[null]}'], {}), false);
  });

  it('refuses a rule that it does not know, lest it let pass what AWS would not', () => {
    assert.throws(() => matchesAny(['{"size":[{"numeric":[">",1]}]}'], { size: 2 }), /is not known here/);
  });
});
