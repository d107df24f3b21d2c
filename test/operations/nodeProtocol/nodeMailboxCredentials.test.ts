import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  DeleteMessageCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { sharedFarm } from '../../support/sharedFarm.ts';

const farm = await sharedFarm();

describe('nodeMailboxCredentials', () => {
  it('gives credentials that receive from and delete in the node’s own mailbox', async () => {
    const node = await farm.addNode('alpha');
    const { queueUrl, endpoint, region, expiresAt, ...credentials } =
      await node.client.nodeMailboxCredentials({ session: node.session });
    const sqs = new SQSClient({ endpoint: endpoint ?? '', region, credentials });
    await farm.admin.nodePause({ id: node.id });

    const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl: queueUrl }));
    await sqs.send(
      new DeleteMessageCommand({ QueueUrl: queueUrl, ReceiptHandle: Messages[0]?.ReceiptHandle }),
    );
    sqs.destroy();

    assert.deepEqual(
      Messages.map(({ Body }) => JSON.parse(Body ?? '')),
      [{ kind: 'converge', commandNo: 1 }],
    );
    assert.equal(expiresAt, '2026-01-01T01:00:00.000Z');
  });

  it('gives no right to send, nor to another node’s mailbox', async () => {
    const [beta, gamma] = [await farm.addNode('beta'), await farm.addNode('gamma')];
    const { queueUrl, endpoint, region, ...credentials } = await beta.client.nodeMailboxCredentials({
      session: beta.session,
    });
    const other = await gamma.client.nodeMailboxCredentials({ session: gamma.session });
    const sqs = new SQSClient({ endpoint: endpoint ?? '', region, credentials });

    const send = new SendMessageCommand({
      QueueUrl: queueUrl,
      MessageBody: '{}',
      MessageGroupId: 'node',
      MessageDeduplicationId: 'x',
    });
    await assert.rejects(sqs.send(send), { name: 'AccessDenied' });
    await assert.rejects(sqs.send(new ReceiveMessageCommand({ QueueUrl: other.queueUrl })), {
      name: 'AccessDenied',
    });
    sqs.destroy();
  });
});
