/** The table contract on the embedded adapter, and what this adapter has beyond it. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { Database } from '../../local/store/database.ts';
import { SqliteTable, type SqliteTableOptions } from '../../local/store/sqliteTable.ts';
import type { CapacityUse, FeedRecord } from '../../shared/store/table.ts';
import type { Subject } from './contract/cases.ts';
import { exerciseTable } from './tableContract.ts';

async function subjectOf(database: Database, remove?: () => void): Promise<Subject> {
  const uses: CapacityUse[] = [];
  const table = new SqliteTable(database, { consumers: ['contract'], onCapacity: (use) => uses.push(use) });
  return {
    table,
    uses,
    feed: async () => {
      const records = table.readFeed('contract', 1000);
      const last = records.at(-1);
      if (last !== undefined) await table.acknowledgeFeed('contract', last.id);
      return records;
    },
    close: async () => {
      database.close();
      remove?.();
    },
  };
}

exerciseTable('SqliteTable in memory', () => subjectOf(Database.inMemory()));

exerciseTable('SqliteTable on disk', () => {
  const directory = mkdtempSync(join(tmpdir(), 'rollcall-'));
  return subjectOf(Database.open(directory), () => rmSync(directory, { recursive: true }));
});

const key = { pk: 'A', sk: 'b' };
const idsOf = (records: readonly FeedRecord[]) => records.map(({ id }) => id);
const keysIn = (records: readonly FeedRecord[]) => records.map(({ before, after }) => (after ?? before)?.sk);

describe('the feed of SqliteTable', () => {
  let directory: string;
  let database: Database;

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'rollcall-'));
    database = Database.open(directory);
  });
  afterEach(() => {
    database.close();
    rmSync(directory, { recursive: true });
  });

  const open = (...consumers: string[]) => new SqliteTable(database, { consumers });
  const reopen = (...consumers: string[]) => {
    database.close();
    database = Database.open(directory);
    return open(...consumers);
  };
  const put = (table: SqliteTable, ...keys: string[]) =>
    Promise.all(keys.map((sk) => table.put('queue', { pk: 'A', sk })));
  const keptCount = () => database.read((sql) => sql.get('SELECT count(*) AS kept FROM feed')?.['kept']);

  it('serves each consumer from its own position, the same until it acknowledges', async () => {
    const table = open('projector', 'push');
    await put(table, '1', '2', '3');

    const [first, second] = table.readFeed('projector', 2);
    await table.acknowledgeFeed('projector', second?.id ?? '');

    assert.deepEqual(keysIn(table.readFeed('projector', 10)), ['3']);
    assert.deepEqual(keysIn(table.readFeed('push', 10)), ['1', '2', '3']);
    assert.deepEqual(table.readFeed('push', 1), [first]);
  });

  it('drops a record when every consumer has passed it', async () => {
    const table = open('projector', 'push');
    await put(table, '1', '2', '3');
    const ids = idsOf(table.readFeed('push', 10));

    await table.acknowledgeFeed('projector', ids[2] ?? '');
    const keptByOne = keptCount();
    await table.acknowledgeFeed('push', ids[1] ?? '');

    assert.equal(keptByOne, 3);
    assert.equal(keptCount(), 1);
  });

  it('keeps positions over a reopening, and never gives an id twice', async () => {
    const table = open('projector');
    await put(table, '1', '2');
    const ids = idsOf(table.readFeed('projector', 10));
    await table.acknowledgeFeed('projector', ids[1] ?? '');

    const reopened = reopen('projector');
    await put(reopened, '3');

    const later = reopened.readFeed('projector', 10);
    assert.deepEqual(keysIn(later), ['3']);
    assert.ok(Number(later[0]?.id) > Number(ids[1]));
  });

  it('does not go back when an earlier record is acknowledged late', async () => {
    const table = open('projector', 'push');
    await put(table, '1', '2');
    const ids = idsOf(table.readFeed('projector', 10));

    await table.acknowledgeFeed('projector', ids[1] ?? '');
    await table.acknowledgeFeed('projector', ids[0] ?? '');

    assert.deepEqual(table.readFeed('projector', 10), []);
    assert.deepEqual(keysIn(table.readFeed('push', 10)), ['1', '2']);
  });

  it('starts a new consumer with what is kept', async () => {
    await put(open('projector'), '1');

    const table = reopen('projector', 'push');

    assert.deepEqual(keysIn(table.readFeed('push', 10)), ['1']);
  });

  it('goes on from the disk for a consumer that is thousands of changes behind', async () => {
    const table = open('projector');
    const numbers = Array.from({ length: 2_500 }, (_, number) => String(number).padStart(4, '0'));
    await put(table, ...numbers);

    const seen: (string | undefined)[] = [];
    for (let records = table.readFeed('projector', 400); records.length > 0; ) {
      seen.push(...keysIn(records));
      await table.acknowledgeFeed('projector', records.at(-1)?.id ?? '');
      if (seen.length === 1_200) await put(table, 'late');
      records = table.readFeed('projector', 400);
    }

    assert.deepEqual(seen, [...numbers, 'late']);
    assert.equal(keptCount(), 0);
  });

  it('tells nothing of a write that was undone, before and after those that were not', async () => {
    const table = open('projector');

    const [, undone] = await Promise.allSettled([
      table.put('queue', { pk: 'A', sk: '1' }),
      table.transact([
        { kind: 'put', table: 'queue', item: { pk: 'A', sk: '2' } },
        { kind: 'put', table: 'queue', item: { pk: 'A', sk: '3', openPk: '' } },
      ]),
      table.put('queue', { pk: 'A', sk: '4' }),
    ]);

    assert.equal(undone.status, 'rejected');
    assert.deepEqual(keysIn(table.readFeed('projector', 10)), ['1', '4']);
    await put(table, '5');
    assert.deepEqual(keysIn(table.readFeed('projector', 10)), ['1', '4', '5']);
  });

  it('keeps nothing when nobody reads it', async () => {
    await put(open(), '1');

    assert.equal(keptCount(), 0);
  });

  it('refuses consumers and records that it does not know', async () => {
    const table = open('projector');

    assert.throws(() => table.readFeed('nobody', 1), /nobody/);
    assert.throws(() => table.acknowledgeFeed('projector', '99'), /99/);
  });

  it('wakes its listeners once a commit, and only for changes that it tells', async () => {
    const table = open('projector');
    const heard: number[] = [];
    const stop = table.onFeed(() => heard.push(table.readFeed('projector', 100).length));

    await put(table, '1', '2', '3');
    await table.put('history', key);
    await table.delete('queue', { pk: 'A', sk: 'absent' });
    await put(table, '4');
    stop();
    await put(table, '5');

    assert.deepEqual(heard, [3, 4]);
  });
});

describe('SqliteTable', () => {
  let database: Database;
  beforeEach(() => {
    database = Database.inMemory();
  });
  afterEach(() => database.close());

  const open = (options: SqliteTableOptions = {}) => new SqliteTable(database, options);

  it('deletes items whose time to live has passed, and says so in the feed', async () => {
    const table = open({ consumers: ['test'] });
    await table.put('queue', { pk: 'A', sk: 'past', expiresAt: 1000, openPk: 'O' });
    await table.put('farm', { pk: 'A', sk: 'past too', expiresAt: 1999 });
    await table.put('queue', { pk: 'A', sk: 'now', expiresAt: 2000 });
    await table.put('queue', { pk: 'A', sk: 'text', expiresAt: '1000' });
    await table.put('archive', { pk: 'A', sk: 'no time to live here', expiresAt: 1000 });
    await table.acknowledgeFeed('test', table.readFeed('test', 100).at(-1)?.id ?? '');

    const count = await table.expireItems(2000, 100);

    assert.equal(count, 2);
    const told = table.readFeed('test', 100);
    assert.deepEqual(keysIn(told).sort(), ['past', 'past too']);
    assert.ok(told.every(({ after, expired }) => after === undefined && expired));
    assert.deepEqual(await table.query({ table: 'queue', index: 'open', partition: 'O' }), { items: [] });
    assert.equal((await table.query({ table: 'queue', partition: 'A' })).items.length, 2);
  });

  it('deletes no more expired items at a time than it is asked to', async () => {
    const table = open();
    const puts = Array.from({ length: 10 }, (_, i) => ({ pk: 'A', sk: `item ${i}`, expiresAt: i }));
    await table.batchWrite('queue', { puts });
    await table.batchWrite('farm', { puts });

    assert.equal(await table.expireItems(100, 7), 7);
    assert.equal(await table.expireItems(100, 7), 7);
    assert.equal(await table.expireItems(100, 7), 6);
    assert.equal(await table.expireItems(100, 7), 0);
  });

  it('follows a time to live that is moved or taken away', async () => {
    const table = open();
    await table.put('queue', { ...key, expiresAt: 1 });
    await table.update('queue', key, { set: { expiresAt: 500 } });
    const beforeItsTime = await table.expireItems(100, 10);
    await table.update('queue', key, { remove: ['expiresAt'] });

    assert.equal(beforeItsTime, 0);
    assert.equal(await table.expireItems(1000, 10), 0);
  });

  it('shows a change in an index after the lag drawn for it, and in the table at once', async () => {
    let now = 0;
    const table = open({ indexLag: () => 50, now: () => now });
    const indexed = async () =>
      (await table.query({ table: 'queue', index: 'open', partition: 'O' })).items.length;
    await table.put('queue', { ...key, openPk: 'O' });

    const atOnce = await indexed();
    now = 49;
    const early = await indexed();
    now = 50;

    assert.deepEqual([atOnce, early, await indexed()], [0, 0, 1]);
    assert.deepEqual(await table.get('queue', key), { ...key, openPk: 'O' });
    assert.equal((await table.query({ table: 'queue', partition: 'A' })).items.length, 1);
  });

  it('shows the changes of one item in their order, whatever lags are drawn', async () => {
    let now = 0;
    const lags = [100, 10, 0];
    const table = open({ indexLag: () => lags.shift() ?? 0, now: () => now });
    const shown = async () =>
      (await table.query({ table: 'queue', index: 'ready', partition: 'R' })).items.map(
        (item) => item['readySk'],
      );
    await table.put('queue', { ...key, readyPk: 'R', readySk: '1' });
    await table.update('queue', key, { set: { readySk: '2' } });
    await table.put('queue', { pk: 'A', sk: 'other', readyPk: 'R', readySk: '3' });

    const others = await shown();
    now = 99;
    const early = await shown();
    now = 100;

    assert.deepEqual([others, early, await shown()], [['3'], ['3'], ['2', '3']]);
  });

  it('never shows an index change of a transaction that failed', async () => {
    const table = open({ indexLag: () => 0, now: () => 0 });

    await assert.rejects(
      table.transact([
        { kind: 'put', table: 'queue', item: { ...key, openPk: 'O' } },
        { kind: 'update', table: 'queue', key: { pk: 'A', sk: 'c' }, changes: { set: { 'x.y': 1 } } },
      ]),
    );

    assert.deepEqual(await table.query({ table: 'queue', index: 'open', partition: 'O' }), { items: [] });
  });
});

describe('items of SqliteTable', () => {
  const present = { pk: 'A', sk: '1', count: 1 };
  const breaksAnIndex = { pk: 'A', sk: '2', openPk: '' };

  it('are what they were before a transaction that was undone, also for the next write', async () => {
    const table = new SqliteTable(Database.inMemory(), { consumers: ['contract'] });
    await table.put('queue', present);

    const undone = table.transact([
      { kind: 'put', table: 'queue', item: { ...present, count: 7 } },
      { kind: 'put', table: 'queue', item: breaksAnIndex },
    ]);
    const next = table.update('queue', key1, { add: { count: 1 } });

    await assert.rejects(undone, /openPk/);
    assert.deepEqual(await next, { applied: true, item: { ...present, count: 2 } });
    assert.deepEqual(await table.get('queue', key1), { ...present, count: 2 });
  });

  it('are what they were before a commit that failed', async () => {
    const database = Database.inMemory();
    const table = new SqliteTable(database, { consumers: ['contract'] });
    await table.put('queue', present);
    await table.get('queue', key1);

    const lost = [
      table.update('queue', key1, { set: { count: 9 } }),
      // Ends the transaction under the commit's feet, as SQLite itself does on a full disk.
      database.write((sql) => sql.run('ROLLBACK')),
    ];

    for (const { status } of await Promise.allSettled(lost)) assert.equal(status, 'rejected');
    assert.deepEqual(await table.get('queue', key1), present);
    assert.deepEqual(table.readFeed('contract', 10).length, 1);
  });
});

const key1 = { pk: 'A', sk: '1' };
