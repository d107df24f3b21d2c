import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, it } from 'node:test';
import {
  ChangeMessageVisibilityCommand,
  CreateQueueCommand,
  DeleteMessageBatchCommand,
  DeleteMessageCommand,
  DeleteQueueCommand,
  GetQueueUrlCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import { AssumeRoleCommand } from '@aws-sdk/client-sts';
import { GatewayCredentials } from '../../local/gateway/credentials.ts';
import { startTestGateway, type TestGateway } from './gatewayFarm.ts';

let farm: TestGateway;
beforeEach(async () => {
  farm = await startTestGateway();
  await farm.queues.create('node-1.fifo');
  await farm.queues.create('node-2.fifo');
});
afterEach(() => farm.close());

const urlOf = (name: string): string => `${farm.gateway.url}/queues/000000000000/${name}`;
const arnOf = (name: string): string => `arn:aws:sqs:local:000000000000:${name}`;

const policyFor = (
  Resource: unknown,
  Action: unknown = ['sqs:ReceiveMessage', 'sqs:DeleteMessage'],
): string => JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action, Resource }] });

async function assumeRole(Policy: string | undefined, more: object = {}, sts = farm.sts()) {
  const answer = await sts.send(
    new AssumeRoleCommand({
      RoleArn: 'arn:aws:iam::000000000000:role/mailbox',
      RoleSessionName: 'node-1',
      ...(Policy === undefined ? {} : { Policy }),
      ...more,
    }),
  );
  const given = answer.Credentials;
  return {
    accessKeyId: given?.AccessKeyId ?? '',
    secretAccessKey: given?.SecretAccessKey ?? '',
    sessionToken: given?.SessionToken ?? '',
    expiration: given?.Expiration,
  };
}

const nameOf = async (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'nothing thrown',
    (error: Error) => error.name,
  );

const receive = (QueueUrl: string) => new ReceiveMessageCommand({ QueueUrl });

/** What the SDK hands to its HTTP client. */
interface HttpRequest {
  readonly headers: Record<string, string>;
  readonly body: Uint8Array;
}

describe('credentials of a node', () => {
  it('receive from and delete in their own queue', async () => {
    const sqs = farm.sqs(await assumeRole(policyFor(arnOf('node-1.fifo'))));
    const QueueUrl = urlOf('node-1.fifo');
    for (const id of ['1', '2']) {
      await farm.queues.send('node-1.fifo', { body: id, groupId: 'node', deduplicationId: id });
    }

    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }),
    );
    await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: Messages[0]?.ReceiptHandle }));
    const deleted = await sqs.send(
      new DeleteMessageBatchCommand({
        QueueUrl,
        Entries: [{ Id: 'a', ReceiptHandle: Messages[1]?.ReceiptHandle }],
      }),
    );

    assert.equal(Messages.length, 2);
    assert.equal(deleted.Failed, undefined);
    assert.equal(farm.queues.nextVisibleAt('node-1.fifo'), undefined);
  });

  it('do nothing else, in their own queue or another', async () => {
    // More than the role has: a policy narrows and never widens.
    const actions = ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:SendMessage', 'sqs:DeleteQueue'];
    const sqs = farm.sqs(await assumeRole(policyFor(arnOf('node-1.fifo'), actions)));
    const [own, other] = [urlOf('node-1.fifo'), urlOf('node-2.fifo')];
    const message = { MessageBody: 'x', MessageGroupId: 'node', MessageDeduplicationId: '1' };
    const handle = { ReceiptHandle: '1.1' };

    const refused = await Promise.all(
      [
        sqs.send(receive(other)),
        sqs.send(new DeleteMessageCommand({ QueueUrl: other, ...handle })),
        sqs.send(new DeleteMessageBatchCommand({ QueueUrl: other, Entries: [{ Id: 'a', ...handle }] })),
        sqs.send(receive(urlOf('nowhere.fifo'))),
        sqs.send(new SendMessageCommand({ QueueUrl: own, ...message })),
        sqs.send(new SendMessageBatchCommand({ QueueUrl: own, Entries: [{ Id: 'a', ...message }] })),
        sqs.send(new ChangeMessageVisibilityCommand({ QueueUrl: own, ...handle, VisibilityTimeout: 0 })),
        sqs.send(new CreateQueueCommand({ QueueName: 'mine' })),
        sqs.send(new GetQueueUrlCommand({ QueueName: 'node-1.fifo' })),
        sqs.send(new DeleteQueueCommand({ QueueUrl: own })),
      ].map((work) =>
        work.then(
          () => 'nothing thrown',
          (error: Error & { $metadata: { httpStatusCode: number } }) =>
            `${error.name} ${error.$metadata.httpStatusCode}`,
        ),
      ),
    );

    assert.deepEqual(
      refused,
      refused.map(() => 'AccessDenied 403'),
    );
  });

  it('end when they said they would', async () => {
    const given = await assumeRole(policyFor(arnOf('node-1.fifo')), { DurationSeconds: 900 });
    const sqs = farm.sqs(given);

    farm.time.advance(899);
    await sqs.send(receive(urlOf('node-1.fifo')));
    farm.time.advance(1);

    assert.equal(given.expiration?.toISOString(), '2030-03-01T12:15:00.000Z');
    assert.equal(await nameOf(sqs.send(receive(urlOf('node-1.fifo')))), 'ExpiredToken');
  });

  it('hold over a restart, for they are computed and not stored', async () => {
    const given = await assumeRole(policyFor(arnOf('node-1.fifo')));
    const again = new GatewayCredentials(new Uint8Array(32).fill(7), farm.time);

    const found = again.find(given.accessKeyId, given.sessionToken);

    assert.equal(found.key.secretAccessKey, given.secretAccessKey);
  });

  it('do not hold under another master key', async () => {
    const given = await assumeRole(policyFor(arnOf('node-1.fifo')));
    const other = new GatewayCredentials(new Uint8Array(32).fill(8), farm.time);

    assert.throws(() => other.find(given.accessKeyId, given.sessionToken), {
      reason: 'InvalidClientTokenId',
    });
  });

  it('give no credentials to others', async () => {
    const given = await assumeRole(policyFor(arnOf('node-1.fifo')));

    const refused = assumeRole(policyFor(arnOf('node-2.fifo')), {}, farm.sts(given));

    assert.equal(await nameOf(refused), 'AccessDenied');
  });

  it('cannot be made wider by changing the token', async () => {
    const given = await assumeRole(policyFor(arnOf('node-1.fifo')));
    const [body = '', seal = ''] = given.sessionToken.split('.');
    const session = Buffer.from(body, 'base64url').toString().replace('node-1.fifo', 'node-2.fifo');
    const sessionToken = `${Buffer.from(session).toString('base64url')}.${seal}`;

    const refused = farm.sqs({ ...given, sessionToken }).send(receive(urlOf('node-2.fifo')));

    assert.equal(await nameOf(refused), 'InvalidClientTokenId');
  });
});

describe('AssumeRole', () => {
  it('reads a policy whatever of its two forms it has', async () => {
    const policy = JSON.stringify({
      Version: '2012-10-17',
      Statement: { Effect: 'Allow', Action: 'sqs:ReceiveMessage', Resource: [arnOf('node-1.fifo')] },
    });

    const sqs = farm.sqs(await assumeRole(policy));

    assert.equal(await nameOf(sqs.send(receive(urlOf('node-1.fifo')))), 'nothing thrown');
  });

  it('refuses a policy that it would read as something else', async () => {
    const policies = [
      'no JSON',
      policyFor('*'),
      policyFor(arnOf('*')),
      policyFor(arnOf('node-1.fifo'), 'sqs:*'),
      policyFor(arnOf('node-1.fifo')).replace('Allow', 'Deny'),
      policyFor(arnOf('node-1.fifo')).replace('"Effect"', '"Condition":{},"Effect"'),
    ];

    for (const policy of policies) {
      assert.equal(await nameOf(assumeRole(policy)), 'MalformedPolicyDocumentException', policy);
    }
  });

  it('refuses what AWS would refuse, and a session without a policy', async () => {
    const policy = policyFor(arnOf('node-1.fifo'));

    assert.equal(await nameOf(assumeRole(undefined)), 'ValidationError');
    assert.equal(await nameOf(assumeRole(policy, { DurationSeconds: 3_601 })), 'ValidationError');
    assert.equal(await nameOf(assumeRole(policy, { RoleSessionName: 'a b' })), 'ValidationError');
    assert.equal(
      await nameOf(assumeRole(policy, { RoleArn: 'arn:aws:iam::111111111111:role/mailbox' })),
      'ValidationError',
    );
  });
});

describe('the signature of a request', () => {
  const key = () => farm.credentials.functionCredentials();
  const work = () => receive(urlOf('node-1.fifo'));

  it('is refused when made with another secret', async () => {
    const sqs = farm.sqs({ ...key(), secretAccessKey: 'wrong' });
    const sts = farm.sts({ ...key(), secretAccessKey: 'wrong' });

    assert.equal(await nameOf(sqs.send(work())), 'SignatureDoesNotMatch');
    assert.equal(await nameOf(assumeRole(policyFor(arnOf('node-1.fifo')), {}, sts)), 'SignatureDoesNotMatch');
  });

  it('is refused when made with an unknown key', async () => {
    const sqs = farm.sqs({ ...key(), accessKeyId: 'AKIAUNKNOWN' });

    assert.equal(await nameOf(sqs.send(work())), 'InvalidClientTokenId');
  });

  it('is refused when made for another region', async () => {
    const sqs = farm.sqs();
    sqs.config.region = async () => 'eu-west-1';

    assert.equal(await nameOf(sqs.send(work())), 'SignatureDoesNotMatch');
  });

  it('is refused when more than 15 minutes old', async () => {
    const sqs = farm.sqs();
    // Taken before the clock is moved, as a recorded request would be.
    const recorded = await record(sqs, work());

    farm.time.advance(14 * 60);
    const inTime = await recorded.replay();
    farm.time.advance(2 * 60);
    const late = await recorded.replay();

    assert.equal(inTime.status, 200);
    assert.equal(late.status, 400);
    assert.match(late.body, /RequestExpired/);
  });

  it('comes right by itself after one refusal when the clock of the client is wrong', async () => {
    const sqs = farm.sqs();
    sqs.config.systemClockOffset = 0;

    const first = await nameOf(sqs.send(work()));
    const second = await nameOf(sqs.send(work()));

    assert.deepEqual([first, second], ['RequestExpired', 'nothing thrown']);
  });

  it('is refused when the body or a signed header has been changed', async () => {
    const sqs = farm.sqs();
    const recorded = await record(sqs, work());
    const target = { 'x-amz-target': 'AmazonSQS.DeleteQueue' };
    const body = recorded.body.replace('node-1', 'node-2');
    const hash = createHash('sha256').update(body).digest('hex');

    const answers = [
      await recorded.replay({ body }),
      await recorded.replay({ body, headers: { 'x-amz-content-sha256': hash } }),
      await recorded.replay({ headers: target }),
      await recorded.replay({ headers: { host: 'elsewhere' } }),
    ];

    assert.deepEqual(
      answers.map(({ status }) => status),
      [403, 403, 403, 403],
    );
    assert.deepEqual(
      answers.map(({ body: answer }) => JSON.parse(answer).__type),
      answers.map(() => 'com.amazon.coral.service#InvalidSignatureException'),
    );
  });

  it('must cover what says what the request means', async () => {
    const sqs = farm.sqs();
    const recorded = await record(sqs, work());
    const authorization = String(recorded.headers['authorization']).replace('x-amz-target;', '');

    const answer = await recorded.replay({ headers: { authorization } });

    assert.equal(answer.status, 403);
    assert.match(answer.body, /x-amz-target must be signed/);
  });

  it('must be there', async () => {
    const answer = await fetch(farm.gateway.url, {
      method: 'POST',
      headers: { 'x-amz-target': 'AmazonSQS.ReceiveMessage' },
      body: '{}',
    });

    assert.equal(answer.status, 403);
    assert.equal(answer.headers.get('x-amzn-query-error'), 'MissingAuthenticationToken;Sender');
  });

  it('covers the host that the client names, whichever leads here', async () => {
    const sqs = farm.sqs(undefined, farm.gateway.url.replace('127.0.0.1', 'localhost'));

    assert.equal(await nameOf(sqs.send(work())), 'nothing thrown');
  });
});

interface Recorded {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Sends it again, as it was or changed. */
  replay(changes?: {
    readonly body?: string;
    readonly headers?: Readonly<Record<string, string>>;
  }): Promise<{ status: number | undefined; body: string }>;
}

/** Sends a command and keeps the request as the SDK signed it. */
async function record(sqs: SQSClient, command: ReceiveMessageCommand): Promise<Recorded> {
  let signed: HttpRequest | undefined;
  sqs.middlewareStack.add(
    (next) => (args) => {
      signed = args.request as HttpRequest;
      return next(args);
    },
    { step: 'deserialize', priority: 'low' },
  );
  await sqs.send(command);
  assert.ok(signed !== undefined);
  const { headers } = signed;
  const recordedBody = new TextDecoder().decode(signed.body);
  return {
    headers,
    body: recordedBody,
    async replay({ body = recordedBody, headers: changed = {} } = {}) {
      const request = httpRequest(farm.gateway.url, { method: 'POST', headers: { ...headers, ...changed } });
      request.end(body);
      const [response] = (await once(request, 'response')) as [IncomingMessage];
      return { status: response.statusCode, body: await text(response) };
    },
  };
}
