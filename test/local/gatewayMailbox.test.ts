/** The dispatcher's side and the node's side of a mailbox, as they are, with the gateway between them. */
import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { queueArnBase, queuePathBase } from '../../local/gateway/queueNames.ts';
import { sqsMailbox } from '../../nodeagent/src/mailbox.ts';
import { MailboxDeniedError } from '../../nodeagent/src/ports.ts';
import { type MailboxCredentialSource, mailboxCredentials } from '../../shared/queues/mailboxCredentials.ts';
import { type NodeMailbox, nodeMailbox } from '../../shared/queues/nodeMailbox.ts';
import { startTestGateway, type TestGateway } from './gatewayFarm.ts';
import { ManualTime } from './manualTime.ts';

let farm: TestGateway;
let mailbox: NodeMailbox;
let credentialsOf: MailboxCredentialSource;
beforeEach(async () => {
  // Nodes sign by their machine's clock.
  farm = await startTestGateway(new ManualTime(new Date().toISOString()));
  const settings = { queueUrlBase: farm.gateway.url + queuePathBase, namePrefix: 'node-' };
  mailbox = nodeMailbox(farm.sqs(), settings);
  credentialsOf = mailboxCredentials(farm.sts(), {
    ...settings,
    queueArnBase,
    roleArn: 'arn:aws:iam::000000000000:role/mailbox',
    region: 'local',
    endpoint: farm.gateway.url,
  });
});
afterEach(() => farm.close());

const patience = () => AbortSignal.timeout(10_000);

describe('a mailbox behind the gateway', () => {
  it('wakes its node the moment a message is sent', async () => {
    await mailbox.create(7);
    const connection = sqsMailbox.connect(await credentialsOf(7));
    const messages = connection.receive(patience());
    await farm.time.waiting(1);

    await mailbox.send(7, { kind: 'assign', token: 'abc' });

    assert.deepEqual(await messages, [{ kind: 'assign', token: 'abc' }]);
    connection.close();
  });

  it('is empty once its node has received', async () => {
    await mailbox.create(7);
    const connection = sqsMailbox.connect(await credentialsOf(7));
    await mailbox.send(7, { kind: 'assign', token: 'abc' });
    await mailbox.send(7, { kind: 'assign', token: 'abc' });
    await mailbox.send(7, { kind: 'converge', commandNo: 3 });

    const messages = await connection.receive(patience());

    assert.deepEqual(messages, [{ kind: 'assign', token: 'abc' }, { kind: 'converge' }]);
    assert.equal(farm.queues.nextVisibleAt('node-7.fifo'), undefined);
    connection.close();
  });

  it('denies a node whose credentials have ended', async () => {
    await mailbox.create(7);
    const connection = sqsMailbox.connect(await credentialsOf(7));

    farm.time.advance(3_600);
    await assert.rejects(connection.receive(patience()), MailboxDeniedError);
    connection.close();
  });

  it('is created and removed as often as asked, and takes messages for a node that is gone', async () => {
    await mailbox.create(7);
    await mailbox.create(7);
    await mailbox.remove(7);
    await mailbox.remove(7);
    await mailbox.send(7, { kind: 'kill', token: 'abc' });

    assert.throws(() => farm.queues.getSettings('node-7.fifo'), { reason: 'QueueDoesNotExist' });
  });
});
