import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import {
  BatchEntryIdsNotDistinct,
  ChangeMessageVisibilityCommand,
  CreateQueueCommand,
  DeleteMessageBatchCommand,
  DeleteMessageCommand,
  DeleteQueueCommand,
  EmptyBatchRequest,
  GetQueueUrlCommand,
  MessageNotInflight,
  QueueDoesNotExist,
  QueueNameExists,
  ReceiptHandleIsInvalid,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  type SQSClient,
  TooManyEntriesInBatchRequest,
} from '@aws-sdk/client-sqs';
import { startTestGateway, type TestGateway } from './gatewayFarm.ts';

let farm: TestGateway;
let sqs: SQSClient;
beforeEach(async () => {
  farm = await startTestGateway();
  sqs = farm.sqs();
});
afterEach(() => farm.close());

const urlOf = (name: string): string => `${farm.gateway.url}/queues/000000000000/${name}`;

async function createQueue(QueueName: string, Attributes: Record<string, string> = {}): Promise<string> {
  const fifo = QueueName.endsWith('.fifo') ? { FifoQueue: 'true' } : {};
  const { QueueUrl = '' } = await sqs.send(
    new CreateQueueCommand({ QueueName, Attributes: { ...fifo, ...Attributes } }),
  );
  return QueueUrl;
}

const send = (QueueUrl: string, MessageBody: string, more: object = {}) =>
  sqs.send(new SendMessageCommand({ QueueUrl, MessageBody, ...more }));

const sendInGroup = (QueueUrl: string, MessageBody: string, MessageGroupId: string) =>
  send(QueueUrl, MessageBody, { MessageGroupId, MessageDeduplicationId: MessageBody });

async function receive(QueueUrl: string, MaxNumberOfMessages = 10, more: object = {}) {
  const { Messages = [] } = await sqs.send(
    new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages, ...more }),
  );
  return Messages;
}

const bodies = async (QueueUrl: string, max?: number): Promise<(string | undefined)[]> =>
  (await receive(QueueUrl, max)).map(({ Body }) => Body);

const remove = (QueueUrl: string, ReceiptHandle: string | undefined) =>
  sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));

const nameOf = async (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'nothing thrown',
    (error: Error) => error.name,
  );

describe('queues over the wire', () => {
  it('are created once, with their address', async () => {
    const first = await createQueue('work', { VisibilityTimeout: '5' });
    const again = await createQueue('work', { VisibilityTimeout: '5' });
    const found = await sqs.send(new GetQueueUrlCommand({ QueueName: 'work' }));

    assert.equal(first, urlOf('work'));
    assert.equal(again, first);
    assert.equal(found.QueueUrl, first);
  });

  it('are not created with other attributes than they have', async () => {
    await createQueue('work', { VisibilityTimeout: '5' });

    await assert.rejects(createQueue('work', { VisibilityTimeout: '6' }), QueueNameExists);
  });

  it('refuse attributes and names that they do not know', async () => {
    assert.equal(await nameOf(createQueue('work', { Policy: '{}' })), 'InvalidAttributeName');
    assert.equal(await nameOf(createQueue('work', { DelaySeconds: '901' })), 'InvalidAttributeValue');
    assert.equal(await nameOf(createQueue('a queue')), 'InvalidParameterValue');
    assert.equal(await nameOf(createQueue('work', { FifoQueue: 'true' })), 'InvalidParameterValue');
  });

  it('are gone with their messages when deleted', async () => {
    const url = await createQueue('work');
    await send(url, 'one');

    await sqs.send(new DeleteQueueCommand({ QueueUrl: url }));

    await assert.rejects(receive(url), QueueDoesNotExist);
    await createQueue('work');
    assert.deepEqual(await bodies(url), []);
  });

  it('that do not exist are refused by the class that the SDK has for it', async () => {
    const QueueUrl = urlOf('nowhere');
    const entries = [{ Id: 'a', MessageBody: 'one', ReceiptHandle: '1.1' }];

    await assert.rejects(sqs.send(new GetQueueUrlCommand({ QueueName: 'nowhere' })), QueueDoesNotExist);
    await assert.rejects(send(QueueUrl, 'one'), QueueDoesNotExist);
    await assert.rejects(receive(QueueUrl), QueueDoesNotExist);
    await assert.rejects(remove(QueueUrl, '1.1'), QueueDoesNotExist);
    await assert.rejects(sqs.send(new DeleteQueueCommand({ QueueUrl })), QueueDoesNotExist);
    await assert.rejects(
      sqs.send(new SendMessageBatchCommand({ QueueUrl, Entries: entries })),
      QueueDoesNotExist,
    );
    await assert.rejects(
      sqs.send(new DeleteMessageBatchCommand({ QueueUrl, Entries: entries })),
      QueueDoesNotExist,
    );
    await assert.rejects(
      sqs.send(new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle: '1.1', VisibilityTimeout: 0 })),
      QueueDoesNotExist,
    );
  });

  it('are found by the path of their address, whatever host it names', async () => {
    await createQueue('work');
    const byName = farm.sqs(undefined, farm.gateway.url.replace('127.0.0.1', 'localhost'));

    await byName.send(
      new SendMessageCommand({
        QueueUrl: 'https://farm.example:8443/proxied/queues/000000000000/work',
        MessageBody: 'one',
      }),
    );

    assert.deepEqual(await bodies(urlOf('work')), ['one']);
  });

  it('refuse a parameter that they would otherwise ignore', async () => {
    const url = await createQueue('work');

    const refused = send(url, 'one', { MessageAttributes: { a: { DataType: 'String', StringValue: 'b' } } });

    assert.equal(await nameOf(refused), 'InvalidParameterValue');
  });

  it('refuse a message of more than a mebibyte', async () => {
    const url = await createQueue('work');

    assert.equal(await nameOf(send(url, 'x'.repeat(1_048_577))), 'InvalidParameterValue');
    await send(url, 'x'.repeat(1_048_576));
  });
});

describe('a standard queue over the wire', () => {
  it('gives a message with its attributes, and not again once it is deleted', async () => {
    const url = await createQueue('work');
    const sent = await send(url, 'é ☃ "quoted"');
    farm.time.advance(2);

    const [message, ...others] = await receive(url, 10, { MessageSystemAttributeNames: ['All'] });
    await remove(url, message?.ReceiptHandle);
    farm.time.advance(60);

    assert.deepEqual(others, []);
    assert.equal(message?.Body, 'é ☃ "quoted"');
    assert.equal(message?.MessageId, sent.MessageId);
    assert.deepEqual(message?.Attributes, {
      ApproximateReceiveCount: '1',
      SentTimestamp: '1898596800000',
      SenderId: 'local',
      ApproximateFirstReceiveTimestamp: '1898596802000',
    });
    assert.deepEqual(await receive(url), []);
  });

  it('gives a message again when its visibility time-out is over', async () => {
    const url = await createQueue('work');
    await send(url, 'one');
    const [first] = await receive(url);

    farm.time.advance(29);
    const early = await receive(url);
    farm.time.advance(1);
    const [again] = await receive(url, 1, { MessageSystemAttributeNames: ['ApproximateReceiveCount'] });

    assert.deepEqual(early, []);
    assert.equal(again?.MessageId, first?.MessageId);
    assert.notEqual(again?.ReceiptHandle, first?.ReceiptHandle);
    assert.deepEqual(again?.Attributes, { ApproximateReceiveCount: '2' });
  });

  it('hides a message for as long as the receive or its own attribute says', async () => {
    const url = await createQueue('work', { VisibilityTimeout: '5' });
    await send(url, 'one');

    await receive(url);
    farm.time.advance(5);
    const afterAttribute = await receive(url, 1, { VisibilityTimeout: 100 });
    farm.time.advance(99);
    const tooEarly = await receive(url);
    farm.time.advance(1);

    assert.equal(afterAttribute.length, 1);
    assert.equal(tooEarly.length, 0);
    assert.equal((await receive(url)).length, 1);
  });

  it('changes the visibility of a message in flight, and of no other', async () => {
    const url = await createQueue('work');
    await send(url, 'one');
    const [message] = await receive(url);
    const change = (VisibilityTimeout: number) =>
      sqs.send(
        new ChangeMessageVisibilityCommand({
          QueueUrl: url,
          ReceiptHandle: message?.ReceiptHandle,
          VisibilityTimeout,
        }),
      );

    await change(100);
    farm.time.advance(31);
    const hidden = await receive(url);
    await change(0);

    await assert.rejects(change(10), MessageNotInflight);
    assert.deepEqual(hidden, []);
    assert.deepEqual(await bodies(url), ['one']);
  });

  it('delays a message by its own seconds or the queue’s', async () => {
    const url = await createQueue('work', { DelaySeconds: '10' });
    await send(url, 'as the queue');
    await send(url, 'at once', { DelaySeconds: 0 });
    await send(url, 'later', { DelaySeconds: 20 });

    const atOnce = await bodies(url);
    farm.time.advance(10);
    const afterTen = await bodies(url);
    farm.time.advance(10);

    assert.deepEqual(atOnce, ['at once']);
    assert.deepEqual(afterTen, ['as the queue']);
    assert.deepEqual(await bodies(url), ['later']);
  });

  it('forgives a delete that is repeated, and one whose receive is out of date', async () => {
    const url = await createQueue('work');
    await send(url, 'one');
    const [first] = await receive(url);
    farm.time.advance(30);
    const [second] = await receive(url);

    await remove(url, first?.ReceiptHandle);
    farm.time.advance(30);
    const [third] = await receive(url);
    await remove(url, third?.ReceiptHandle);
    await remove(url, third?.ReceiptHandle);

    assert.equal(third?.MessageId, second?.MessageId);
    await assert.rejects(remove(url, 'no handle'), ReceiptHandleIsInvalid);
    farm.time.advance(60);
    assert.deepEqual(await receive(url), []);
  });

  it('sends and deletes in batches, each entry for itself', async () => {
    const url = await createQueue('work');
    const sent = await sqs.send(
      new SendMessageBatchCommand({
        QueueUrl: url,
        Entries: [
          { Id: 'a', MessageBody: 'one' },
          { Id: 'b', MessageBody: 'two', MessageGroupId: 'not here' },
          { Id: 'c', MessageBody: 'three' },
        ],
      }),
    );
    const messages = await receive(url);

    const deleted = await sqs.send(
      new DeleteMessageBatchCommand({
        QueueUrl: url,
        Entries: [
          { Id: 'x', ReceiptHandle: messages[0]?.ReceiptHandle },
          { Id: 'y', ReceiptHandle: 'no handle' },
          { Id: 'z', ReceiptHandle: messages[1]?.ReceiptHandle },
        ],
      }),
    );
    farm.time.advance(60);

    assert.deepEqual(
      sent.Successful?.map(({ Id }) => Id),
      ['a', 'c'],
    );
    assert.deepEqual(
      sent.Failed?.map(({ Id, Code, SenderFault }) => [Id, Code, SenderFault]),
      [['b', 'InvalidParameterValue', true]],
    );
    assert.deepEqual(
      messages.map(({ Body }) => Body),
      ['one', 'three'],
    );
    assert.deepEqual(
      deleted.Successful?.map(({ Id }) => Id),
      ['x', 'z'],
    );
    assert.deepEqual(
      deleted.Failed?.map(({ Id, Code }) => [Id, Code]),
      [['y', 'ReceiptHandleIsInvalid']],
    );
    assert.deepEqual(await receive(url), []);
  });

  it('refuses batches that are none', async () => {
    const QueueUrl = await createQueue('work');
    const batch = (ids: readonly string[]) =>
      sqs.send(
        new SendMessageBatchCommand({ QueueUrl, Entries: ids.map((Id) => ({ Id, MessageBody: 'x' })) }),
      );

    await assert.rejects(batch([]), EmptyBatchRequest);
    await assert.rejects(batch(['a', 'a']), BatchEntryIdsNotDistinct);
    await assert.rejects(batch('abcdefghijk'.split('')), TooManyEntriesInBatchRequest);
    assert.deepEqual(await receive(QueueUrl), []);
  });

  it('moves a message to the dead letters instead of giving it once too often', async () => {
    const dead = await createQueue('dead');
    const url = await createQueue('work', {
      RedrivePolicy: JSON.stringify({
        deadLetterTargetArn: 'arn:aws:sqs:local:000000000000:dead',
        maxReceiveCount: 2,
      }),
    });
    const sent = await send(url, 'one');

    const received: number[] = [];
    for (let time = 0; time < 3; time += 1) {
      received.push((await receive(url)).length);
      farm.time.advance(30);
    }
    const [letter] = await receive(dead);

    assert.deepEqual(received, [1, 1, 0]);
    assert.equal(letter?.MessageId, sent.MessageId);
  });

  it('needs the queue for its dead letters', async () => {
    const RedrivePolicy = JSON.stringify({
      deadLetterTargetArn: 'arn:aws:sqs:local:000000000000:nowhere',
      maxReceiveCount: 2,
    });

    await assert.rejects(createQueue('work', { RedrivePolicy }), QueueDoesNotExist);
  });
});

describe('a long poll', () => {
  it('ends the moment a message is sent', async () => {
    const url = await createQueue('work');
    const poll = receive(url, 10, { WaitTimeSeconds: 20 });
    await farm.time.waiting(1);

    await send(url, 'one');

    assert.deepEqual(
      (await poll).map(({ Body }) => Body),
      ['one'],
    );
  });

  it('ends the moment a hidden message appears', async () => {
    const url = await createQueue('work');
    await send(url, 'one', { DelaySeconds: 7 });
    const poll = receive(url, 10, { WaitTimeSeconds: 20 });
    await farm.time.waiting(1);

    farm.time.advance(7);

    assert.equal((await poll).length, 1);
  });

  it('ends empty when its time is over', async () => {
    const url = await createQueue('work');
    const poll = receive(url, 10, { WaitTimeSeconds: 20 });
    await farm.time.waiting(1);

    farm.time.advance(20);

    assert.deepEqual(await poll, []);
  });

  it('waits as its queue says, if it does not say itself', async () => {
    const url = await createQueue('work', { ReceiveMessageWaitTimeSeconds: '3' });
    const poll = receive(url);
    await farm.time.waiting(1);

    farm.time.advance(3);

    assert.deepEqual(await poll, []);
  });

  it('gives one message to one of many', async () => {
    const url = await createQueue('work');
    const polls = Array.from({ length: 5 }, () => receive(url, 10, { WaitTimeSeconds: 20 }));
    await farm.time.waiting(5);

    await send(url, 'one');
    await Promise.race(polls);
    await farm.time.waiting(4);
    farm.time.advance(20);

    const counts = (await Promise.all(polls)).map((messages) => messages.length);
    assert.deepEqual(counts.sort(), [0, 0, 0, 0, 1]);
  });

  it('takes nothing for a client that has gone', async () => {
    const url = await createQueue('work');
    const leaving = new AbortController();
    const poll = sqs.send(new ReceiveMessageCommand({ QueueUrl: url, WaitTimeSeconds: 20 }), {
      abortSignal: leaving.signal,
    });
    await farm.time.waiting(1);

    leaving.abort();
    await assert.rejects(poll);
    await farm.time.resting();
    await send(url, 'one');

    assert.deepEqual(await bodies(url), ['one']);
  });

  it('ends when its queue is deleted', async () => {
    const url = await createQueue('work');
    const poll = receive(url, 10, { WaitTimeSeconds: 20 });
    await farm.time.waiting(1);

    await sqs.send(new DeleteQueueCommand({ QueueUrl: url }));

    await assert.rejects(poll, QueueDoesNotExist);
  });
});

describe('a FIFO queue over the wire', () => {
  it('gives the messages of a group in their order', async () => {
    const url = await createQueue('node.fifo');
    for (const body of ['1', '2', '3']) await sendInGroup(url, body, 'node');

    assert.deepEqual(await bodies(url), ['1', '2', '3']);
  });

  it('numbers messages so that their numbers sort as they were sent', async () => {
    const url = await createQueue('node.fifo');
    const first = await sendInGroup(url, '1', 'node');
    const second = await sendInGroup(url, '2', 'node');

    assert.equal(first.SequenceNumber?.length, 20);
    assert.ok((first.SequenceNumber ?? '') < (second.SequenceNumber ?? ''));
  });

  it('gives nothing of a group while a message of it is in flight', async () => {
    const url = await createQueue('node.fifo');
    await sendInGroup(url, 'a1', 'a');
    await sendInGroup(url, 'a2', 'a');
    await sendInGroup(url, 'b1', 'b');
    const [first] = await receive(url, 1);

    const others = await bodies(url);
    await remove(url, first?.ReceiptHandle);
    const afterDelete = await bodies(url);

    assert.deepEqual(others, ['b1']);
    assert.deepEqual(afterDelete, ['a2']);
  });

  it('gives a message that comes back before the later ones of its group', async () => {
    const url = await createQueue('node.fifo');
    await sendInGroup(url, '1', 'node');
    await sendInGroup(url, '2', 'node');
    await receive(url, 1);

    farm.time.advance(30);

    assert.deepEqual(await bodies(url), ['1', '2']);
  });

  it('ends a long poll when a delete sets the next message of the group free', async () => {
    const url = await createQueue('node.fifo');
    await sendInGroup(url, '1', 'node');
    await sendInGroup(url, '2', 'node');
    const [first] = await receive(url, 1);
    const poll = receive(url, 10, { WaitTimeSeconds: 20 });
    await farm.time.waiting(1);

    await remove(url, first?.ReceiptHandle);

    assert.deepEqual(
      (await poll).map(({ Body }) => Body),
      ['2'],
    );
  });

  it('drops what repeats a deduplication id within five minutes, also after the first is gone', async () => {
    const url = await createQueue('node.fifo');
    const first = await sendInGroup(url, '1', 'node');
    const [message] = await receive(url);
    await remove(url, message?.ReceiptHandle);

    farm.time.advance(299);
    const repeated = await sendInGroup(url, '1', 'node');
    const within = await bodies(url);
    farm.time.advance(1);
    await sendInGroup(url, '1', 'node');

    assert.equal(repeated.MessageId, first.MessageId);
    assert.equal(repeated.SequenceNumber, first.SequenceNumber);
    assert.deepEqual(within, []);
    assert.deepEqual(await bodies(url), ['1']);
  });

  it('takes the body for the deduplication id if it was made so', async () => {
    const url = await createQueue('node.fifo', { ContentBasedDeduplication: 'true' });

    for (const body of ['1', '1', '2']) await send(url, body, { MessageGroupId: 'node' });

    assert.deepEqual(await bodies(url), ['1', '2']);
  });

  it('refuses a message without group or deduplication id, and one with a delay', async () => {
    const url = await createQueue('node.fifo');
    const [MessageGroupId, MessageDeduplicationId] = ['node', '1'];

    assert.equal(await nameOf(send(url, '1', { MessageDeduplicationId })), 'MissingParameter');
    assert.equal(await nameOf(send(url, '1', { MessageGroupId })), 'InvalidParameterValue');
    assert.equal(
      await nameOf(send(url, '1', { MessageGroupId, MessageDeduplicationId, DelaySeconds: 1 })),
      'InvalidParameterValue',
    );
  });
});
