/**
 * The bundles as they are deployed, with the variables that they are deployed with, against the emulator: from an
 * empty account to the end of a job. What AWS does between them is done here by hand.
 */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import {
  CreateQueueCommand,
  DeleteMessageCommand,
  ReceiveMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { createClient } from '../../client/src/client.ts';
import { access, type FunctionName, functionNames } from '../../infra/access.ts';
import { bundleFunctions } from '../../infra/bundles.ts';
import { grantOf, type Resources } from '../../infra/rights.ts';
import { contract } from '../../shared/contract/index.ts';
import type { QueueName } from '../../shared/runtime/env.ts';
import { connectDynamo, createTables } from '../../shared/store/dynamoTable.ts';
import { toStreamEvent } from '../../shared/store/streamRecords.ts';
import type { TableName } from '../../shared/store/tables.ts';
import { startTestGateway, type TestGateway } from '../local/gatewayFarm.ts';
import { aJob } from '../support/aJob.ts';
import { openStreams } from '../support/emulatedStreams.ts';
import {
  type Emulator,
  emulatorCredentials,
  emulatorRegion,
  isEmulatorInstalled,
  startEmulator,
} from '../support/emulator.ts';
import { fakeNode } from '../support/fakeNode.ts';

type Handler = (event: unknown, context?: unknown) => Promise<unknown>;

const ACCOUNT = '000000000000';
const BUCKET = 'rollcall-try-blobs';
const tableName = (table: TableName): string => `rollcall-try-${table}`;
const fedTables = new Map<string, TableName>([
  ['rollcall-try-queue', 'queue'],
  ['rollcall-try-farm', 'farm'],
]);

const namesIn = (emulator: Emulator): Resources => {
  const table = (name: TableName) => ({ name: tableName(name), arn: '' });
  const queue = (name: QueueName | 'hooks.fifo') => ({
    url: `${emulator.endpoint}/${ACCOUNT}/rollcall-try-${name}`,
    arn: '',
  });
  return {
    tables: {
      queue: table('queue'),
      farm: table('farm'),
      history: table('history'),
      archive: table('archive'),
    },
    queues: { dispatch: queue('dispatch'), recount: queue('recount'), hooks: queue('hooks.fifo') },
    mailboxes: {
      namePrefix: 'rollcall-try-node-',
      urlBase: `${emulator.endpoint}/${ACCOUNT}/`,
      arnBase: `arn:aws:sqs:${emulatorRegion}:${ACCOUNT}:`,
      roleArn: `arn:aws:iam::${ACCOUNT}:role/rollcall-try-mailboxes`,
    },
    blobs: { bucketName: BUCKET, bucketArn: '' },
  };
};

/** Starts a bundle as Lambda does: with its variables in the environment, which it reads as it starts. */
async function load(directory: string, name: FunctionName, emulator: Emulator): Promise<Handler> {
  const { variables } = grantOf(access[name], namesIn(emulator));
  Object.assign(process.env, variables);
  try {
    const { handler } = await import(join(directory, name, 'index.mjs'));
    return handler;
  } finally {
    for (const variable of Object.keys(variables)) delete process.env[variable];
  }
}

describe('the bundles', {
  skip:
    !isEmulatorInstalled() &&
    process.env['CI'] !== 'true' &&
    'emulator not installed: npm run emulator:install',
}, () => {
  const directory = mkdtempSync(join(tmpdir(), 'rollcall-bundles-'));
  const handlers = new Map<FunctionName, Handler>();
  let emulator: Emulator;
  let gateway: TestGateway;
  let sqs: SQSClient;
  let readFeeds: Awaited<ReturnType<typeof openStreams>>;

  before(async () => {
    emulator = await startEmulator();
    // What Lambda itself sets, and the address of the services.
    Object.assign(process.env, {
      AWS_REGION: emulatorRegion,
      AWS_ENDPOINT_URL: emulator.endpoint,
      AWS_ACCESS_KEY_ID: emulatorCredentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: emulatorCredentials.secretAccessKey,
    });
    const settings = {
      endpoint: emulator.endpoint,
      region: emulatorRegion,
      credentials: emulatorCredentials,
    };
    const dynamo = connectDynamo(settings);
    await createTables(dynamo, tableName);
    dynamo.destroy();
    sqs = new SQSClient(settings);
    for (const name of ['dispatch', 'recount']) {
      await sqs.send(new CreateQueueCommand({ QueueName: `rollcall-try-${name}` }));
    }
    await sqs.send(
      new CreateQueueCommand({ QueueName: 'rollcall-try-hooks.fifo', Attributes: { FifoQueue: 'true' } }),
    );
    await fetch(`${emulator.endpoint}/${BUCKET}`, { method: 'PUT' });
    readFeeds = await openStreams(emulator.endpoint, fedTables);
    await bundleFunctions(directory);
    for (const name of functionNames) handlers.set(name, await load(directory, name, emulator));
    gateway = await startTestGateway();
    for (const group of Object.keys(contract) as FunctionName[]) {
      gateway.handlers[group] = handlers.get(group) as TestGateway['handlers'][string];
    }
  });
  after(async () => {
    sqs?.destroy();
    await gateway?.close();
    await emulator?.stop();
    rmSync(directory, { recursive: true, force: true });
  });

  const invoke = (name: FunctionName, event: unknown): Promise<unknown> => {
    const handler = handlers.get(name);
    if (handler === undefined) throw new Error(`no bundle of ${name} was loaded`);
    return handler(event);
  };

  /** What Lambda does with the messages of a queue; true if there were any. */
  const workOff = async (name: QueueName): Promise<boolean> => {
    const QueueUrl = namesIn(emulator).queues[name].url;
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }),
    );
    if (Messages.length === 0) return false;
    const Records = Messages.map(({ MessageId, Body }) => ({ messageId: MessageId, body: Body }));
    assert.deepEqual(await invoke(name, { Records }), { batchItemFailures: [] });
    for (const { ReceiptHandle } of Messages)
      await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
    return true;
  };

  /** Runs feeds and queues until nothing follows any more. */
  const settle = async (): Promise<void> => {
    for (let isBusy = true; isBusy; ) {
      const records = await readFeeds();
      if (records.length > 0) {
        const answer = await invoke('projector', toStreamEvent(records, tableName));
        assert.deepEqual(answer, { batchItemFailures: [] });
      }
      const dispatched = await workOff('dispatch');
      const recounted = await workOff('recount');
      isBusy = records.length > 0 || dispatched || recounted;
    }
  };

  it('bring an empty account to the end of a job', async () => {
    const secrets = (await invoke('firstStart', {})) as { adminPassword: string; joinToken: string };
    const url = gateway.gateway.url;
    const { token } = await createClient({ url, retries: 0 }).login({
      name: 'admin',
      password: secrets.adminPassword,
    });
    const client = createClient({ url, token, retries: 0 });

    const { id } = await client.jobSubmit({ job: aJob(2) });
    await settle();
    const node = await fakeNode(url, secrets.joinToken, 'wall-e');
    const work = await node.claim();
    assert.equal(work?.assignment.jobId, id);
    const upload = await node.client.nodeUploadLog({ session: node.session, attempt: work.assignment });
    await fetch(upload.url, {
      method: 'PUT',
      body: 'rendered',
      headers: { 'content-type': 'text/plain; charset=utf-8' },
    });
    await node.report();
    await node.report();
    await settle();

    const { job } = await client.jobGet({ id });
    assert.equal(job.status, 'completed');
    const log = await client.chunkGetLog({ jobId: id, chunkId: 1 });
    assert.equal(await (await fetch(log.url)).text(), 'rendered');
    const { attempts } = await client.chunkGetHistory({ jobId: id });
    assert.equal(attempts.length, 2);
  });

  it('tell the secrets of the first start once, and take new ones', async () => {
    await invoke('firstStart', {});

    assert.deepEqual(await invoke('firstStart', {}), {});
    assert.deepEqual(await invoke('firstStart', { adminPassword: 'another password' }), {});
    const client = createClient({ url: gateway.gateway.url, retries: 0 });
    assert.ok((await client.login({ name: 'admin', password: 'another password' })).token);
  });

  it('refuse secrets that are too short, by field and rule', async () => {
    await assert.rejects(
      () => invoke('firstStart', { joinToken: 'short' }),
      /joinToken must be 16 to 256 letters, digits, - and _/,
    );
  });

  it('run the tick', async () => {
    const counts = (await invoke('idling', {})) as Record<string, number>;

    assert.equal(counts['expireLeases'], 0);
  });

  it('lend a node its mailbox', async () => {
    const secrets = { joinToken: 'join-token-of-the-bundles' };
    await invoke('firstStart', secrets);
    const node = await fakeNode(gateway.gateway.url, secrets.joinToken, 'eve');

    const mailbox = await node.client.nodeMailboxCredentials({ session: node.session });

    assert.equal(mailbox.queueUrl, `${emulator.endpoint}/${ACCOUNT}/rollcall-try-node-${node.id}.fifo`);
    assert.ok(mailbox.sessionToken);
  });
});
