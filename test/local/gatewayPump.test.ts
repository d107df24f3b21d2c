import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import type { SQSEvent } from 'aws-lambda';
import { type Pump, type PumpOptions, type QueueHandler, startPump } from '../../local/gateway/pump.ts';
import { QueueStore } from '../../local/gateway/queueStore.ts';
import { Database } from '../../local/store/database.ts';
import { ManualTime } from './manualTime.ts';

let time: ManualTime;
let database: Database;
let queues: QueueStore;
let pump: Pump | undefined;
let errors: unknown[];
let batches: string[][];

beforeEach(async () => {
  time = new ManualTime();
  database = Database.inMemory();
  queues = new QueueStore({ database, clock: time, timer: time });
  await queues.create('dead');
  await queues.create('work', { deadLetters: { queueName: 'dead', maxReceiveCount: 3 } });
  errors = [];
  batches = [];
  pump = undefined;
});
afterEach(async () => {
  await pump?.stop();
  database.close();
});

function start(handler: QueueHandler, options: Partial<PumpOptions> = {}): Pump {
  pump = startPump({
    queues,
    queueName: 'work',
    clock: time,
    timer: time,
    onError: (error) => errors.push(error),
    handler: (event, context) => {
      batches.push(event.Records.map(({ body }) => body));
      return handler(event, context);
    },
    ...options,
  });
  return pump;
}

const send = (body: string, delaySeconds?: number) => queues.send('work', { body, delaySeconds });

/** The pump has done what there is to do and waits. */
const atRest = () => time.waiting(1);

describe('a pump', () => {
  it('hands a message to its function in the event of Lambda, and deletes it', async () => {
    const events: SQSEvent[] = [];
    start(async (event) => {
      events.push(event);
    });
    await atRest();

    const { messageId } = await send('{"kind":"match"}');
    await atRest();

    assert.deepEqual(events, [
      {
        Records: [
          {
            messageId,
            receiptHandle: events[0]?.Records[0]?.receiptHandle,
            body: '{"kind":"match"}',
            attributes: {
              ApproximateReceiveCount: '1',
              SentTimestamp: '1898596800000',
              SenderId: 'local',
              ApproximateFirstReceiveTimestamp: '1898596800000',
            },
            messageAttributes: {},
            md5OfBody: 'c3c91f02934eac74872602f8f48dea12',
            eventSource: 'aws:sqs',
            eventSourceARN: 'arn:aws:sqs:local:000000000000:work',
            awsRegion: 'local',
          },
        ],
      },
    ]);
    assert.equal(queues.nextVisibleAt('work'), undefined);
  });

  it('takes what was there before it, in batches of its size', async () => {
    for (const body of ['1', '2', '3', '4', '5']) await send(body);

    start(async () => {}, { batchSize: 2 });
    await atRest();

    assert.deepEqual(batches, [['1', '2'], ['3', '4'], ['5']]);
  });

  it('takes a delayed message when its time comes', async () => {
    start(async () => {});
    await send('later', 5);
    await atRest();
    const early = batches.length;

    time.advance(5);
    await atRest();

    assert.equal(early, 0);
    assert.deepEqual(batches, [['later']]);
  });

  it('gives back what failed alone, and gives it again after its time-out', async () => {
    for (const body of ['good', 'bad', 'good too']) await send(body);
    start(async ({ Records: records }) => ({
      batchItemFailures: records
        .filter(({ body, attributes }) => body === 'bad' && attributes.ApproximateReceiveCount === '1')
        .map(({ messageId }) => ({ itemIdentifier: messageId })),
    }));
    await atRest();

    time.advance(29);
    const before = batches.length;
    time.advance(1);
    await conditionMet(() => batches.length === 2);
    await atRest();

    assert.equal(before, 1);
    assert.deepEqual(batches, [['good', 'bad', 'good too'], ['bad']]);
    assert.equal(queues.nextVisibleAt('work'), undefined);
    assert.deepEqual(errors, []);
  });

  it('moves what fails again and again to the dead letters', async () => {
    await send('bad');
    const error = new Error('on purpose');
    start(async () => {
      throw error;
    });

    for (let failure = 1; failure <= 3; failure += 1) {
      await conditionMet(() => batches.length === failure);
      await atRest();
      time.advance(30);
    }
    await conditionMet(() => queues.nextVisibleAt('dead') !== undefined);

    assert.deepEqual(batches, [['bad'], ['bad'], ['bad']]);
    assert.deepEqual(errors, [error, error, error]);
    assert.deepEqual(
      (await queues.receive('dead')).map(({ body }) => body),
      ['bad'],
    );
  });

  it('takes a batch as failed when the answer names a message that is not in it', async () => {
    await send('one');
    start(async () => ({ batchItemFailures: [{ itemIdentifier: 'nobody' }] }));

    await atRest();

    assert.equal(queues.nextVisibleAt('work'), time.now() + 30_000);
  });

  it('runs one batch at a time, or as many as it may', async () => {
    const gates: PromiseWithResolvers<void>[] = [];
    const handler: QueueHandler = async () => {
      const gate = Promise.withResolvers<void>();
      gates.push(gate);
      await gate.promise;
    };
    for (const body of ['1', '2', '3']) await send(body);

    start(handler, { batchSize: 1, concurrency: 2 });
    await conditionMet(() => gates.length === 2);
    const running = [...batches];
    gates[0]?.resolve();
    await conditionMet(() => gates.length === 3);
    for (const gate of gates) gate.resolve();

    assert.deepEqual(running, [['1'], ['2']]);
    assert.deepEqual(batches, [['1'], ['2'], ['3']]);
  });

  it('keeps the order of a FIFO group, whatever its concurrency', async () => {
    await queues.create('hooks.fifo');
    for (const id of ['1', '2', '3', '4']) {
      await queues.send('hooks.fifo', { body: id, groupId: 'job', deduplicationId: id });
    }
    start(async () => {}, { queueName: 'hooks.fifo', batchSize: 1, concurrency: 3 });

    await conditionMet(() => queues.nextVisibleAt('hooks.fifo') === undefined);

    assert.deepEqual(batches, [['1'], ['2'], ['3'], ['4']]);
  });

  it('stops after the batch that runs, whose messages it deletes', async () => {
    const started = Promise.withResolvers<void>();
    const gate = Promise.withResolvers<void>();
    const running = start(async () => {
      started.resolve();
      await gate.promise;
    });
    await send('running');
    await started.promise;

    const stopped = running.stop();
    await send('left');
    gate.resolve();
    await stopped;

    assert.deepEqual(batches, [['running']]);
    assert.deepEqual(
      (await queues.receive('work', 10)).map(({ body }) => body),
      ['left'],
    );
  });

  it('tells that its queue is gone, and goes on when it is back', async () => {
    start(async () => {});
    await atRest();

    await queues.remove('work');
    await conditionMet(() => errors.length === 1);
    await queues.create('work');
    await send('back');
    time.advance(1);
    await conditionMet(() => batches.length === 1);

    assert.deepEqual(batches, [['back']]);
    assert.match(String(errors[0]), /does not exist/);
  });

  it('is not started for a queue that is not there', () => {
    assert.throws(() => start(async () => {}, { queueName: 'nowhere' }), { reason: 'QueueDoesNotExist' });
  });
});

/** Looks after each turn of the event loop. */
async function conditionMet(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setImmediate(resolve));
}
