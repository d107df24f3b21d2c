/** What stands between feed and reader: what fails comes again, and nothing is lost to a store that fails. */
import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import type { DynamoDBStreamEvent } from 'aws-lambda';
import { startFeedPump } from '../../local/feedPump.ts';
import { systemTimer } from '../../local/gateway/timer.ts';
import { Database } from '../../local/store/database.ts';
import { SqliteTable } from '../../local/store/sqliteTable.ts';
import { createLogger } from '../../shared/observe/logger.ts';
import { aFolder, aSmallDisk } from '../support/folders.ts';
import { ManualTime } from './manualTime.ts';

const keysIn = ({ Records }: DynamoDBStreamEvent) => Records.map(({ dynamodb }) => dynamodb?.Keys?.['sk']?.S);

/** A pump on a table in a folder; `handle` is told of each batch. */
function aPump(t: TestContext, folder: string, handle: (keys: readonly unknown[]) => Promise<boolean>) {
  const database = Database.open(folder);
  const table = new SqliteTable(database, { consumers: ['reader'] });
  const time = new ManualTime();
  const logged: string[] = [];
  const pump = startFeedPump({
    table,
    consumer: 'reader',
    handler: async (event) => ({
      batchItemFailures: (await handle(keysIn(event))) ? [] : [{ itemIdentifier: '1' }],
    }),
    timer: time,
    logger: createLogger((line) => logged.push((JSON.parse(line) as { event: string }).event)),
  });
  t.after(async () => {
    await pump.stop();
    database.close();
  });
  const put = (...keys: string[]) => Promise.all(keys.map((sk) => table.put('queue', { pk: 'A', sk })));
  return { table, time, logged, put };
}

/** Lets the pump try so many times, with the waiting between. */
async function letItTry(time: ManualTime, times: number): Promise<void> {
  for (let count = 0; count < times; count += 1) {
    await time.waiting(1);
    time.advance(10);
  }
}

describe('the feed pump', () => {
  it('halves a batch whose handler throws until the bad record is alone, drops that one and goes on', async (t) => {
    const done = Promise.withResolvers<void>();
    const handled: unknown[] = [];
    const { time, put, logged } = aPump(t, aFolder(t), async (keys) => {
      if (keys.includes('2')) throw new Error('cannot be followed');
      handled.push(...keys);
      if (keys.includes('4')) done.resolve();
      return true;
    });

    await put('1', '2', '3', '4');
    let isDone = false;
    done.promise.then(() => {
      isDone = true;
    });
    while (!isDone) await Promise.race([letItTry(time, 1), done.promise]);

    assert.deepEqual(handled, ['1', '3', '4']);
    assert.equal(logged.filter((event) => event === 'record-dropped').length, 1);
  });

  it('waits while the disk is full and loses no record', async (t) => {
    const disk = aSmallDisk(t, 2_048);
    if (disk === undefined) return t.skip('needs the right to mount a file system');
    const batches: (readonly unknown[])[] = [];
    const begun = Promise.withResolvers<void>();
    const mayEnd = Promise.withResolvers<void>();
    const { time, put, logged } = aPump(t, disk.folder, async (keys) => {
      batches.push(keys);
      begun.resolve();
      await mayEnd.promise;
      return true;
    });

    await put('1');
    await begun.promise;
    disk.fill();
    mayEnd.resolve();
    await letItTry(time, 3);
    await time.waiting(1);
    disk.clear();
    await put('2');
    time.advance(10);
    await new Promise<void>((resolve) => {
      const look = () => (batches.flat().includes('2') ? resolve() : systemTimer.after(5, look));
      look();
    });

    assert.deepEqual(
      [...new Set(batches.flat())],
      ['1', '2'],
      'both records reached the reader, the first more than once',
    );
    assert.ok(batches.length > 3);
    assert.ok(logged.includes('record-failed'));
    assert.ok(!logged.includes('record-dropped'));
  });
});
