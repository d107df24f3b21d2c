/**
 * Reads DynamoDB Streams of an emulator, which Lambda does for us in AWS. Plain requests instead of one more
 * client: emulators want a signature in the right form but do not check it.
 */
import type { DynamoDBRecord } from 'aws-lambda';
import { fromStreamRecord } from '../../shared/store/streamRecords.ts';
import type { FeedRecord } from '../../shared/store/table.ts';
import type { TableName } from '../../shared/store/tables.ts';
import { emulatorCredentials, emulatorRegion } from './emulator.ts';

export interface Shard {
  readonly streamArn: string;
  readonly id: string;
  /** Number of the last record that was read. */
  last: string | undefined;
}

/** Opens the streams of tables from their beginning; each call answers with what came since the last. */
export async function openStreams(
  endpoint: string,
  names: ReadonlyMap<string, TableName>,
): Promise<() => Promise<FeedRecord[]>> {
  const shards: Shard[] = [];
  for (const name of names.keys()) {
    const { Streams } = await call<{ Streams: { StreamArn: string }[] }>(endpoint, 'ListStreams', {
      TableName: name,
    });
    for (const { StreamArn } of Streams) shards.push(...(await openShards(endpoint, StreamArn)));
  }
  return async () => {
    const records: FeedRecord[] = [];
    for (const shard of shards) {
      for (const record of await readShard(endpoint, shard)) {
        // A consumer of streams is not told the stream in each record; Lambda adds it.
        const told = { ...record, eventSourceARN: shard.streamArn };
        records.push(fromStreamRecord(told, (name) => names.get(name)));
      }
    }
    return records;
  };
}

/** Every shard of a stream, from its beginning. */
export async function openShards(endpoint: string, streamArn: string): Promise<Shard[]> {
  const { StreamDescription } = await call<{ StreamDescription: { Shards: { ShardId: string }[] } }>(
    endpoint,
    'DescribeStream',
    { StreamArn: streamArn },
  );
  return StreamDescription.Shards.map(({ ShardId }) => ({ streamArn, id: ShardId, last: undefined }));
}

/** What came since the last time, so many at most. */
export async function readShard(endpoint: string, shard: Shard, limit = 1_000): Promise<DynamoDBRecord[]> {
  // One for each read: an iterator is good for minutes only, and a test's clock makes leaps.
  const { ShardIterator } = await call<{ ShardIterator: string }>(endpoint, 'GetShardIterator', {
    StreamArn: shard.streamArn,
    ShardId: shard.id,
    ...(shard.last === undefined
      ? { ShardIteratorType: 'TRIM_HORIZON' }
      : { ShardIteratorType: 'AFTER_SEQUENCE_NUMBER', SequenceNumber: shard.last }),
  });
  const { Records } = await call<{ Records: DynamoDBRecord[] }>(endpoint, 'GetRecords', {
    ShardIterator,
    Limit: limit,
  });
  shard.last = Records.at(-1)?.dynamodb?.SequenceNumber ?? shard.last;
  return Records;
}

async function call<T>(endpoint: string, operation: string, body: unknown): Promise<T> {
  const scope = `${emulatorCredentials.accessKeyId}/20260101/${emulatorRegion}/dynamodb/aws4_request`;
  const response = await fetch(endpoint, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': `DynamoDBStreams_20120810.${operation}`,
      'x-amz-date': '20260101T000000Z',
      authorization: `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host;x-amz-date;x-amz-target, Signature=0`,
    },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${operation} answered ${response.status}: ${await response.text()}`);
  return (await response.json()) as T;
}
