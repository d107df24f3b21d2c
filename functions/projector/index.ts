/**
 * Change feed → history, dependants, dispatch and recount queues, mailboxes, event bus. The feed repeats itself and is
 * ordered per item only: every effect here is idempotent by identity or by version.
 */
import type { DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda';
import type { Context } from '../../shared/runtime/context.ts';
import { fromStreamRecord } from '../../shared/store/streamRecords.ts';
import type { FeedRecord } from '../../shared/store/table.ts';
import type { TableName } from '../../shared/store/tables.ts';
import { acknowledgeFlushes } from './acknowledgeFlushes.ts';
import { followChunks } from './followChunks.ts';
import { followFarm } from './followFarm.ts';
import { followJobs } from './followJobs.ts';
import { followNodes } from './followNodes.ts';
import { putEvents } from './putEvents.ts';
import { recordActivity } from './recordActivity.ts';
import { recordAttempts } from './recordAttempts.ts';

export type ProjectorHandler = (event: DynamoDBStreamEvent) => Promise<DynamoDBBatchResponse>;

/** Builds the handler; `tableOf` finds a table by its name in the account. */
export function createHandler(
  context: Context,
  tableOf: (name: string) => TableName | undefined,
): ProjectorHandler {
  return async (event) => {
    const records = event.Records.map((record) => fromStreamRecord(record, tableOf));
    // A deletion by time to live concerns nobody.
    const alive = records.filter((record) => !record.expired);
    try {
      await recordAttempts(context, alive);
      await recordActivity(context, alive);
      await followChunks(context, alive);
      await followAll(context, alive);
      await putEvents(context, alive);
      await acknowledgeFlushes(context, alive);
      return { batchItemFailures: [] };
    } catch (error) {
      context.logger.log('record-failed', { source: 'feed', firstId: records[0]?.id ?? null }, error);
      // The whole batch comes again, then in halves, until the bad record is alone.
      const first = event.Records[0]?.dynamodb?.SequenceNumber;
      if (first === undefined) throw error;
      return { batchItemFailures: [{ itemIdentifier: first }] };
    }
  };
}

/**
 * The records of one item in their order, those of different items at the same time, as in the feed itself: two
 * hundred nodes that are woken together do not wait for each other's message.
 */
async function followAll(context: Context, records: readonly FeedRecord[]): Promise<void> {
  const byItem = Map.groupBy(records, ({ table, before, after }) => {
    const key = after ?? before;
    return JSON.stringify([table, key?.pk, key?.sk]);
  });
  const ends = await Promise.allSettled(
    [...byItem.values()].map(async (ofItem) => {
      for (const record of ofItem) await follow(context, record);
    }),
  );
  for (const end of ends) if (end.status === 'rejected') throw end.reason;
}

async function follow(context: Context, record: FeedRecord): Promise<void> {
  await followJobs(context, record);
  await followNodes(context, record);
  await followFarm(context, record);
}
