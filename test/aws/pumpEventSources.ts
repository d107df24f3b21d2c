/**
 * What Lambda does between a stream or a queue and a function, as the template's event source mapping says: batches,
 * filters, partial answers, halves, retries, and what has failed too often.
 */
import { randomUUID } from 'node:crypto';
import {
  DeleteMessageBatchCommand,
  type Message,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import type { DynamoDBRecord, SQSRecord } from 'aws-lambda';
import type { ReadTemplate } from '../infra/readTemplate.ts';
import type { Properties } from '../infra/synthesizeStage.ts';
import { openShards, readShard, type Shard } from '../support/emulatedStreams.ts';
import { emulatorRegion } from '../support/emulator.ts';
import type { RightsChecker } from './checkRights.ts';
import type { DeployedStack } from './deployStack.ts';
import { FunctionError, type FunctionHost } from './invokeFunction.ts';
import { matchesAny } from './matchFilter.ts';

export interface EventSources {
  /** Calls functions with what is there now; false if there was nothing. */
  pump(): Promise<boolean>;
  close(): void;
}

export interface EventSourcesOptions {
  readonly template: Pick<ReadTemplate, 'of' | 'readable'>;
  readonly stack: DeployedStack;
  readonly functions: ReadonlyMap<string, FunctionHost>;
  readonly rights: RightsChecker;
  /** Of the emulator, for streams. */
  readonly endpoint: string;
  /** Of the wire, for queues. */
  readonly wireUrl: string;
  readonly now: () => number;
}

/** An answer that names what failed in a batch. */
interface BatchAnswer {
  readonly batchItemFailures?: readonly { readonly itemIdentifier: string }[];
}

/** What is understood of a mapping; another property would be passed over in silence. */
const knownProperties: ReadonlySet<string> = new Set([
  'FunctionName',
  'EventSourceArn',
  'StartingPosition',
  'BatchSize',
  // What there is at a pump is what a second has brought.
  'MaximumBatchingWindowInSeconds',
  'ParallelizationFactor',
  'BisectBatchOnFunctionError',
  'FunctionResponseTypes',
  'MaximumRetryAttempts',
  'MaximumRecordAgeInSeconds',
  'DestinationConfig',
  'FilterCriteria',
  // More than one call at a time is what the handlers of HTTP are tried with.
  'ScalingConfig',
]);

export async function openEventSources(options: EventSourcesOptions): Promise<EventSources> {
  const sources = await Promise.all(
    options.template.of('AWS::Lambda::EventSourceMapping').map((mapping) => {
      const unknown = Object.keys(mapping).filter((name) => !knownProperties.has(name));
      if (unknown.length > 0) throw new Error(`an event source has ${unknown}, which is not known here`);
      const types = (mapping['FunctionResponseTypes'] ?? []) as readonly string[];
      if (types[0] !== 'ReportBatchItemFailures') throw new Error('an event source takes no partial answers');
      const host = options.functions.get(options.template.readable(mapping['FunctionName']));
      if (host === undefined) throw new Error(`no function is ${JSON.stringify(mapping['FunctionName'])}`);
      const arn = options.stack.resolve(mapping['EventSourceArn']);
      return arn.includes(':dynamodb:')
        ? openStream(options, mapping, host, arn)
        : openQueue(options, mapping, host, arn);
    }),
  );
  return {
    async pump() {
      let isBusy = false;
      for (const source of sources) isBusy = (await source.pump()) || isBusy;
      return isBusy;
    },
    close() {
      for (const source of sources) source.close();
    },
  };
}

async function openStream(
  { endpoint, wireUrl, rights, stack, now }: EventSourcesOptions,
  mapping: Properties,
  host: FunctionHost,
  arn: string,
): Promise<EventSources> {
  const patterns = (
    (mapping['FilterCriteria'] ?? { Filters: [] }) as { Filters: { Pattern: string }[] }
  ).Filters.map(({ Pattern }) => Pattern);
  const { OnFailure } = (mapping['DestinationConfig'] ?? {}) as { OnFailure?: { Destination: unknown } };
  const client = clientOf(host.name, wireUrl);
  if (mapping['StartingPosition'] !== 'TRIM_HORIZON')
    throw new Error('a stream is not read from its beginning');
  // Lambda reads the stream by the rights of the function.
  const may = (action: string): void => {
    if (!rights.check(host.name, [{ action: `dynamodb:${action}`, resource: arn }]))
      throw new Error(`${host.name} may not ${action} of ${arn}`);
  };
  for (const action of ['DescribeStream', 'GetShardIterator']) may(action);
  const shards = await openShards(endpoint, arn);

  const putAside = async (records: readonly DynamoDBRecord[], condition: string): Promise<void> => {
    if (OnFailure === undefined) return;
    const numbers = records.map(({ dynamodb }) => dynamodb?.SequenceNumber);
    await client.send(
      new SendMessageCommand({
        QueueUrl: queueUrl(wireUrl, stack.resolve(OnFailure.Destination)),
        MessageBody: JSON.stringify({
          requestContext: { requestId: randomUUID(), functionArn: host.name, condition },
          version: '1.0',
          timestamp: new Date(now()).toISOString(),
          DDBStreamBatchInfo: {
            startSequenceNumber: numbers[0],
            endSequenceNumber: numbers.at(-1),
            batchSize: records.length,
            streamArn: arn,
          },
        }),
      }),
    );
  };

  /** Until every record is done or put aside. Halves begin to count their attempts anew. */
  const deliver = async (records: readonly DynamoDBRecord[], failedAttempts = 0): Promise<void> => {
    if (records.length === 0) return;
    const oldest = (records[0]?.dynamodb?.ApproximateCreationDateTime ?? 0) * 1_000;
    if (now() - oldest > Number(mapping['MaximumRecordAgeInSeconds']) * 1_000) {
      return putAside(records, 'RecordAgeExceeded');
    }
    const failed = await firstFailed(records);
    if (failed === undefined) return;
    const rest = records.slice(failed);
    if (failed > 0) return deliver(rest);
    if (mapping['BisectBatchOnFunctionError'] === true && rest.length > 1) {
      const half = Math.ceil(rest.length / 2);
      await deliver(rest.slice(0, half));
      return deliver(rest.slice(half));
    }
    if (failedAttempts >= Number(mapping['MaximumRetryAttempts']))
      return putAside(rest, 'RetryAttemptsExhausted');
    return deliver(rest, failedAttempts + 1);
  };

  /** Position of the first record that was not handled; undefined if all were. */
  const firstFailed = async (records: readonly DynamoDBRecord[]): Promise<number | undefined> => {
    const answer = await answerOf(host, { Records: records });
    if (answer === 'error') return 0;
    const numbers = (answer.batchItemFailures ?? []).map(({ itemIdentifier }) =>
      records.findIndex(({ dynamodb }) => dynamodb?.SequenceNumber === itemIdentifier),
    );
    // A number that is not in the batch fails all of it.
    return numbers.length === 0 ? undefined : Math.max(0, Math.min(...numbers));
  };

  const pumpShard = async (shard: Shard): Promise<boolean> => {
    may('GetRecords');
    const records = await readShard(endpoint, shard, Number(mapping['BatchSize']));
    const fitting = records
      .map((record) => ({
        ...record,
        eventSourceARN: arn,
        awsRegion: emulatorRegion,
        eventSource: 'aws:dynamodb',
      }))
      .filter((record) => matchesAny(patterns, record));
    await deliver(fitting);
    return records.length > 0;
  };

  return {
    async pump() {
      let isBusy = false;
      for (const shard of shards) isBusy = (await pumpShard(shard)) || isBusy;
      return isBusy;
    },
    close: () => client.destroy(),
  };
}

function openQueue(
  { wireUrl }: EventSourcesOptions,
  mapping: Properties,
  host: FunctionHost,
  arn: string,
): EventSources {
  const client = clientOf(host.name, wireUrl);
  const QueueUrl = queueUrl(wireUrl, arn);
  return {
    async pump() {
      const { Messages = [] } = await client.send(
        new ReceiveMessageCommand({
          QueueUrl,
          MaxNumberOfMessages: Math.min(10, Number(mapping['BatchSize'])),
          MessageSystemAttributeNames: ['All'],
        }),
      );
      if (Messages.length === 0) return false;
      const answer = await answerOf(host, { Records: Messages.map((message) => toRecord(message, arn)) });
      // What failed comes again when its visibility ends; the queue itself counts and puts it aside.
      if (answer === 'error') return true;
      const failed = new Set((answer.batchItemFailures ?? []).map(({ itemIdentifier }) => itemIdentifier));
      const Entries = Messages.filter(({ MessageId = '' }) => !failed.has(MessageId)).map(
        ({ MessageId, ReceiptHandle }) => ({ Id: MessageId, ReceiptHandle }),
      );
      if (Entries.length > 0) await client.send(new DeleteMessageBatchCommand({ QueueUrl, Entries }));
      return true;
    },
    close: () => client.destroy(),
  };
}

async function answerOf(host: FunctionHost, event: unknown): Promise<BatchAnswer | 'error'> {
  try {
    return ((await host.invoke(event)) ?? {}) as BatchAnswer;
  } catch (error) {
    if (error instanceof FunctionError) return 'error';
    throw error;
  }
}

/** A client that has the rights of a function, as Lambda's pollers do. */
const clientOf = (functionName: string, endpoint: string): SQSClient =>
  new SQSClient({
    endpoint,
    region: emulatorRegion,
    credentials: { accessKeyId: functionName, secretAccessKey: 'secret' },
  });

const queueUrl = (wireUrl: string, arn: string): string => {
  const [account, name] = arn.split(':').slice(-2);
  return `${wireUrl}/${account}/${name}`;
};

const toRecord = (message: Message, eventSourceARN: string): SQSRecord => ({
  messageId: message.MessageId ?? '',
  receiptHandle: message.ReceiptHandle ?? '',
  body: message.Body ?? '',
  attributes: (message.Attributes ?? {}) as SQSRecord['attributes'],
  messageAttributes: {},
  md5OfBody: message.MD5OfBody ?? '',
  eventSource: 'aws:sqs',
  eventSourceARN,
  awsRegion: emulatorRegion,
});
