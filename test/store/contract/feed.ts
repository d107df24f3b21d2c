import assert from 'node:assert/strict';
import { type FeedRecord, isNew } from '../../../shared/store/table.ts';
import { type Cases, eventually, type Subject } from './cases.ts';

/**
 * Reads the feed until an item with the sort key `end` was written, and answers with what it told about the
 * partition before that. Repeats are dropped: the feed may deliver a change again.
 */
async function changesOf(subject: Subject, pk: string): Promise<FeedRecord[]> {
  await subject.table.put('queue', { pk, sk: 'end' });
  const changes = new Map<string, FeedRecord>();
  await eventually(async () => {
    for (const record of await subject.feed()) {
      if ((record.after ?? record.before)?.pk === pk) changes.set(record.id, record);
    }
    assert.ok(
      [...changes.values()].some(({ after }) => after?.sk === 'end'),
      'the end has not arrived',
    );
  });
  return [...changes.values()].filter(({ after, before }) => (after ?? before)?.sk !== 'end');
}

const images = ({ table, before, after, expired }: FeedRecord) => ({ table, before, after, expired });

export const feedCases: Cases = {
  'the feed tells every change of an item in order, with the item before and after': async (subject, pk) => {
    const { table } = subject;
    await table.put('queue', { pk, sk: 'item', number: 1, map: { leaf: null } });
    await table.update('queue', { pk, sk: 'item' }, { add: { number: 1 } });
    await table.put('queue', { pk, sk: 'item', fresh: true });
    await table.delete('queue', { pk, sk: 'item' });

    const changes = await changesOf(subject, pk);

    const first = { pk, sk: 'item', number: 1, map: { leaf: null } };
    const second = { ...first, number: 2 };
    const third = { pk, sk: 'item', fresh: true };
    assert.deepEqual(changes.map(images), [
      { table: 'queue', before: undefined, after: first, expired: false },
      { table: 'queue', before: first, after: second, expired: false },
      { table: 'queue', before: second, after: third, expired: false },
      { table: 'queue', before: third, after: undefined, expired: false },
    ]);
    assert.equal(new Set(changes.map(({ id }) => id)).size, 4);
  },

  'the feed is silent about lost guards and deletions of nothing': async (subject, pk) => {
    const { table } = subject;
    await table.put('queue', { pk, sk: 'item' });
    await table.put('queue', { pk, sk: 'item', number: 1 }, isNew);
    await table.delete('queue', { pk, sk: 'absent' });

    const changes = await changesOf(subject, pk);

    assert.equal(changes.length, 1);
  },

  'the feed is silent about writes that leave an item as it was': async (subject, pk) => {
    const { table } = subject;
    await table.put('queue', { pk, sk: 'item', number: 1 });
    await table.put('queue', { pk, sk: 'item', number: 1 });
    await table.update('queue', { pk, sk: 'item' }, { set: { number: 1 } });

    const changes = await changesOf(subject, pk);

    assert.equal(changes.length, 1);
  },

  'the feed tells the changes of batches and transactions': async (subject, pk) => {
    const { table } = subject;
    await table.batchWrite('queue', {
      puts: [
        { pk, sk: 'a' },
        { pk, sk: 'b' },
      ],
    });
    await table.transact([
      { kind: 'delete', table: 'queue', key: { pk, sk: 'a' } },
      { kind: 'update', table: 'queue', key: { pk, sk: 'b' }, changes: { set: { number: 1 } } },
      { kind: 'check', table: 'queue', key: { pk, sk: 'c' }, guard: isNew },
    ]);

    const changes = await changesOf(subject, pk);

    const ofItem = (sk: string) =>
      changes
        .filter(({ before, after }) => (after ?? before)?.sk === sk)
        .map(({ before, after }) => [before, after]);
    assert.deepEqual(ofItem('a'), [
      [undefined, { pk, sk: 'a' }],
      [{ pk, sk: 'a' }, undefined],
    ]);
    assert.deepEqual(ofItem('b'), [
      [undefined, { pk, sk: 'b' }],
      [
        { pk, sk: 'b' },
        { pk, sk: 'b', number: 1 },
      ],
    ]);
    assert.deepEqual(ofItem('c'), []);
  },

  'the feed tells nothing of a table without one': async (subject, pk) => {
    await subject.table.put('history', { pk, sk: 'item' });

    const changes = await changesOf(subject, pk);

    assert.deepEqual(changes, []);
  },
};
