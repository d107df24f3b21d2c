import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { fromStreamEvent, toStreamEvent } from '../../shared/store/streamRecords.ts';
import type { FeedRecord } from '../../shared/store/table.ts';
import type { TableName } from '../../shared/store/tables.ts';

const tableName = (table: TableName) => `stage-${table}`;
const tableOf = (name: string) =>
  name === 'stage-queue' ? 'queue' : name === 'stage-farm' ? 'farm' : undefined;

const item = { pk: 'A', sk: 'b', number: 1.5, list: [null, 'x'], map: { flag: true } };
const records: FeedRecord[] = [
  { table: 'queue', id: '7', before: undefined, after: item, expired: false },
  { table: 'farm', id: '8', before: item, after: { ...item, number: 2 }, expired: false },
  { table: 'queue', id: '9', before: item, after: undefined, expired: false },
  { table: 'queue', id: '10', before: item, after: undefined, expired: true },
];

describe('stream records', () => {
  it('come back from an event as they went in', () => {
    assert.deepEqual(fromStreamEvent(toStreamEvent(records, tableName), tableOf), records);
  });

  it('become the events that Lambda knows', () => {
    const { Records } = toStreamEvent(records, tableName);

    assert.deepEqual(
      Records.map(({ eventID, eventName }) => [eventID, eventName]),
      [
        ['7', 'INSERT'],
        ['8', 'MODIFY'],
        ['9', 'REMOVE'],
        ['10', 'REMOVE'],
      ],
    );
    assert.deepEqual(Records[1]?.dynamodb?.Keys, { pk: { S: 'A' }, sk: { S: 'b' } });
    assert.deepEqual(Records[3]?.userIdentity, { type: 'Service', principalId: 'dynamodb.amazonaws.com' });
  });

  it('are read from an event as AWS sends it', () => {
    const arn = 'arn:aws:dynamodb:eu-central-1:123456789012:table/stage-queue/stream/2026-11-24T00:00:00.000';
    const event = {
      Records: [
        {
          eventID: 'c4ca4238a0b923820dcc509a6f75849b',
          eventName: 'INSERT' as const,
          eventVersion: '1.1',
          eventSource: 'aws:dynamodb',
          awsRegion: 'eu-central-1',
          dynamodb: {
            Keys: { pk: { S: 'A' }, sk: { S: 'b' } },
            NewImage: { pk: { S: 'A' }, sk: { S: 'b' }, count: { N: '3' } },
            SequenceNumber: '111',
            SizeBytes: 26,
            StreamViewType: 'NEW_AND_OLD_IMAGES' as const,
          },
          eventSourceARN: arn,
        },
      ],
    };

    assert.deepEqual(fromStreamEvent(event, tableOf), [
      {
        table: 'queue',
        id: 'c4ca4238a0b923820dcc509a6f75849b',
        before: undefined,
        after: { pk: 'A', sk: 'b', count: 3 },
        expired: false,
      },
    ]);
  });

  it('of a table that is not ours are refused', () => {
    const event = toStreamEvent(records, (table) => `other-${table}`);

    assert.throws(() => fromStreamEvent(event, tableOf), /other-queue/);
  });
});
