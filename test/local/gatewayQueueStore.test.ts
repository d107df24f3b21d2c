import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it, mock } from 'node:test';
import { QueueStore } from '../../local/gateway/queueStore.ts';
import { Database } from '../../local/store/database.ts';
import { systemClock } from '../../shared/model/clock.ts';
import { watchProcess } from '../support/childProcess.ts';
import { ManualTime } from './manualTime.ts';

describe('QueueStore', () => {
  let time: ManualTime;
  let database: Database;
  let queues: QueueStore;
  beforeEach(() => {
    time = new ManualTime();
    database = Database.inMemory();
    queues = new QueueStore({ database, clock: time, timer: time });
  });
  afterEach(() => database.close());

  const bodies = async (queueName: string, max = 10) =>
    (await queues.receive(queueName, max)).map(({ body }) => body);

  const countRows = (table: 'messages' | 'deduplications') =>
    database.read((sql) => sql.get(`SELECT count(*) AS count FROM ${table}`))?.['count'];

  it('writes nothing to look into an empty queue', async () => {
    await queues.create('work');
    await queues.send('work', { body: 'in flight' });
    await queues.receive('work');
    const write = mock.method(database, 'write');

    const received = await queues.receive('work');

    assert.deepEqual(received, []);
    assert.equal(write.mock.callCount(), 0);
  });

  it('keeps sends of one turn in their order', async () => {
    await queues.create('work');

    await Promise.all(Array.from({ length: 20 }, (_, at) => queues.send('work', { body: String(at) })));

    assert.deepEqual(await bodies('work'), ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9']);
  });

  it('tells when a receive may find something', async () => {
    await queues.create('work');
    const empty = queues.nextVisibleAt('work');
    await queues.send('work', { body: 'later', delaySeconds: 60 });
    const delayed = queues.nextVisibleAt('work');
    await queues.send('work', { body: 'now' });
    const present = queues.nextVisibleAt('work');
    await queues.receive('work');

    assert.equal(empty, undefined);
    assert.equal(delayed, time.now() + 60_000);
    assert.equal(present, time.now());
    assert.equal(queues.nextVisibleAt('work'), time.now() + 30_000);
  });

  it('tells for a FIFO queue when its group will be free', async () => {
    await queues.create('node.fifo');
    for (const id of ['1', '2']) {
      await queues.send('node.fifo', { body: id, groupId: 'node', deduplicationId: id });
    }
    const present = queues.nextVisibleAt('node.fifo');
    await queues.receive('node.fifo');

    assert.equal(present, time.now());
    assert.equal(queues.nextVisibleAt('node.fifo'), time.now() + 30_000);
  });

  it('wakes listeners at a send, and not at a duplicate', async () => {
    await queues.create('node.fifo');
    let calls = 0;
    const stop = queues.onMessage('node.fifo', () => {
      calls += 1;
    });
    const message = { body: '1', groupId: 'node', deduplicationId: '1' };

    await queues.send('node.fifo', message);
    await queues.send('node.fifo', message);
    stop();
    await queues.send('node.fifo', { ...message, deduplicationId: '2' });

    assert.equal(calls, 1);
  });

  it('drops what is older than its retention', async () => {
    await queues.create('work', { retentionSeconds: 3_600 });
    await queues.send('work', { body: 'old' });
    time.advance(1_800);
    await queues.send('work', { body: 'young' });

    time.advance(1_800);

    assert.deepEqual(await bodies('work'), ['young']);
    assert.equal(countRows('messages'), 1);
  });

  it('does not grow for ever when nobody receives', async () => {
    await queues.create('node.fifo', { retentionSeconds: 60 });
    const send = (id: number) =>
      queues.send('node.fifo', { body: 'x', groupId: 'node', deduplicationId: String(id) });
    for (let id = 0; id < 50; id += 1) await send(id);

    time.advance(600);
    for (let id = 50; id < 60; id += 1) await send(id);

    assert.equal(countRows('messages'), 10);
    assert.equal(countRows('deduplications'), 10);
  });

  it('keeps a dead letter in its queue when there is none to take it', async () => {
    await queues.create('dead');
    await queues.create('work', { deadLetters: { queueName: 'dead', maxReceiveCount: 1 } });
    await queues.send('work', { body: 'one' });
    await queues.receive('work');
    await queues.remove('dead');

    time.advance(30);

    assert.deepEqual(await bodies('work'), ['one']);
  });

  it('gives a declared queue its new settings, and keeps its messages', async () => {
    await queues.declare('work', { visibilitySeconds: 10 });
    await queues.send('work', { body: 'one' });

    await queues.declare('work', { visibilitySeconds: 20 });

    assert.equal(queues.getSettings('work').visibilitySeconds, 20);
    assert.deepEqual(await bodies('work'), ['one']);
  });
});

describe('QueueStore on disk', () => {
  let directory: string;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'rollcall-queues-'));
  });
  afterEach(() => rmSync(directory, { recursive: true }));

  it('finds messages, flights and deduplications again after a restart', async () => {
    const time = new ManualTime();
    const open = () => {
      const database = Database.open(directory);
      return { database, queues: new QueueStore({ database, clock: time, timer: time }) };
    };
    const before = open();
    await before.queues.create('node.fifo');
    const send = (queues: QueueStore, id: string) =>
      queues.send('node.fifo', { body: id, groupId: id, deduplicationId: id });
    for (const id of ['deleted', 'in flight', 'waiting']) await send(before.queues, id);
    const [deleted] = await before.queues.receive('node.fifo', 2);
    await before.queues.delete('node.fifo', [deleted?.receiptHandle ?? '']);
    before.database.close();

    const { database, queues } = open();
    for (const id of ['deleted', 'in flight', 'waiting']) await send(queues, id);
    const atOnce = await queues.receive('node.fifo', 10);
    time.advance(30);
    const later = await queues.receive('node.fifo', 10);

    assert.deepEqual(
      atOnce.map(({ body }) => body),
      ['waiting'],
    );
    assert.deepEqual(
      later.map(({ body, receiveCount }) => [body, receiveCount]),
      [
        ['in flight', 2],
        ['waiting', 2],
      ],
    );
    database.close();
  });

  it('loses no acknowledged message, and gives none twice, when it is killed', async () => {
    const sender = join(import.meta.dirname, 'acknowledgedSends.ts');
    const child = watchProcess(process.execPath, [sender, directory]);
    await child.until((lines) => lines.length >= 400);
    await child.kill();
    const acknowledged = child.lines.map((line) => line.split(' ')[1] ?? '');

    const database = Database.open(directory);
    const queues = new QueueStore({ database, clock: systemClock });
    for (const id of acknowledged) {
      await queues.send('killed.fifo', { body: id, groupId: id.split('-')[0], deduplicationId: id });
    }
    const found: string[] = [];
    for (;;) {
      const messages = await queues.receive('killed.fifo', 10);
      if (messages.length === 0) break;
      found.push(...messages.map(({ body }) => body));
      await queues.delete(
        'killed.fifo',
        messages.map(({ receiptHandle }) => receiptHandle),
      );
    }
    database.close();

    const present = new Set(found);
    assert.deepEqual(
      acknowledged.filter((id) => !present.has(id)),
      [],
    );
    assert.equal(present.size, found.length);
    for (const caller of new Set(found.map((id) => id.split('-')[0]))) {
      const numbers = found.filter((id) => id.startsWith(`${caller}-`)).map((id) => Number(id.split('-')[1]));
      assert.deepEqual(
        numbers,
        numbers.map((_, at) => at),
      );
    }
  });
});
