/**
 * Reads DynamoDB Streams of an emulator, which Lambda does for us in AWS. Plain requests instead of one more
 * client: emulators want a signature in the right form but do not check it.
 */
import type { DynamoDBRecord } from 'aws-lambda';
import { fromStreamRecord } from '../../shared/store/streamRecords.ts';
import type { FeedRecord } from '../../shared/store/table.ts';
import type { TableName } from '../../shared/store/tables.ts';
import { emulatorCredentials, emulatorRegion } from './emulator.ts';

interface Shard {
  readonly streamArn: string;
  iterator: string | undefined;
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

async function openShards(endpoint: string, streamArn: string): Promise<Shard[]> {
  const { StreamDescription } = await call<{ StreamDescription: { Shards: { ShardId: string }[] } }>(
    endpoint,
    'DescribeStream',
    { StreamArn: streamArn },
  );
  return Promise.all(
    StreamDescription.Shards.map(async ({ ShardId }) => {
      const { ShardIterator } = await call<{ ShardIterator: string }>(endpoint, 'GetShardIterator', {
        StreamArn: streamArn,
        ShardId,
        ShardIteratorType: 'TRIM_HORIZON',
      });
      return { streamArn, iterator: ShardIterator };
    }),
  );
}

async function readShard(endpoint: string, shard: Shard): Promise<DynamoDBRecord[]> {
  if (shard.iterator === undefined) return [];
  const { Records, NextShardIterator } = await call<{
    Records: DynamoDBRecord[];
    NextShardIterator?: string;
  }>(endpoint, 'GetRecords', { ShardIterator: shard.iterator });
  shard.iterator = NextShardIterator;
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
