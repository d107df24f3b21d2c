/**
 * The change feed in the shape in which Lambda gets it from DynamoDB Streams, and back: handlers are written
 * for {@link FeedRecord}s, the local pump calls the very handlers that Lambda calls.
 */
import type { AttributeValue, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import { fromWire, toWire, type WireItem } from './attributes.ts';
import type { FeedRecord, Item } from './table.ts';
import type { TableName } from './tables.ts';

/** Who deletes items by time to live. */
const timeToLivePrincipal = 'dynamodb.amazonaws.com';

/**
 * The records of an event, in its order. `tableOf` finds the table by its name in the account; a record of a
 * table that it does not know throws, because it means that the event source is wired to the wrong function.
 */
export function fromStreamEvent(
  event: DynamoDBStreamEvent,
  tableOf: (name: string) => TableName | undefined,
): FeedRecord[] {
  return event.Records.map((record) => fromStreamRecord(record, tableOf));
}

/** One record of an event. */
export function fromStreamRecord(
  record: DynamoDBRecord,
  tableOf: (name: string) => TableName | undefined,
): FeedRecord {
  const { eventID, eventSourceARN = '', dynamodb } = record;
  const name = /:table\/([^/]+)\//.exec(eventSourceARN)?.[1];
  const table = name === undefined ? undefined : tableOf(name);
  if (table === undefined)
    throw new Error(`a stream record came from ${eventSourceARN}, which is no table of ours`);
  if (eventID === undefined) throw new Error(`a stream record of ${table} has no id`);
  return {
    table,
    id: eventID,
    before: imageOf(dynamodb?.OldImage),
    after: imageOf(dynamodb?.NewImage),
    expired: principalOf(record) === timeToLivePrincipal,
  };
}

/** An event that Lambda could have been called with. `tableName` gives the name of a table in the account. */
export function toStreamEvent(
  records: readonly FeedRecord[],
  tableName: (table: TableName) => string,
): DynamoDBStreamEvent {
  return { Records: records.map((record) => toStreamRecord(record, tableName(record.table))) };
}

function toStreamRecord({ id, before, after, expired }: FeedRecord, name: string): DynamoDBRecord {
  const present = after ?? before;
  return {
    eventID: id,
    eventName: before === undefined ? 'INSERT' : after === undefined ? 'REMOVE' : 'MODIFY',
    eventSource: 'aws:dynamodb',
    eventSourceARN: `arn:aws:dynamodb:local:000000000000:table/${name}/stream/local`,
    dynamodb: {
      ...(present && { Keys: attributes(toWire({ pk: present.pk, sk: present.sk })) }),
      ...(before && { OldImage: attributes(toWire(before)) }),
      ...(after && { NewImage: attributes(toWire(after)) }),
      SequenceNumber: id,
      StreamViewType: 'NEW_AND_OLD_IMAGES',
    },
    ...(expired && { userIdentity: { type: 'Service', principalId: timeToLivePrincipal } }),
  };
}

function imageOf(image: { [name: string]: AttributeValue } | undefined): Item | undefined {
  return image && fromWire(image as Parameters<typeof fromWire>[0]);
}

const attributes = (item: WireItem): { [name: string]: AttributeValue } => item;

function principalOf({ userIdentity }: DynamoDBRecord): unknown {
  return (userIdentity as { principalId?: unknown } | undefined)?.principalId;
}
