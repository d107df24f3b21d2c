/**
 * What stands between the change feed and its reader in AWS: calls the handler with batches in Lambda's shape.
 * A batch that fails comes again in halves until the bad record is alone; after five tries that one is dropped
 * and logged, as AWS would send it to the failure destination. A store that cannot be read or written, on a full
 * disk for instance, drops nothing: the pump waits and goes on.
 */
import type { DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda';
import type { Logger } from '../shared/observe/logger.ts';
import { toStreamEvent } from '../shared/store/streamRecords.ts';
import { pause, type Timer } from './gateway/timer.ts';
import type { SqliteTable } from './store/sqliteTable.ts';

export interface FeedPumpOptions {
  readonly table: SqliteTable;
  readonly consumer: string;
  readonly handler: (event: DynamoDBStreamEvent) => Promise<DynamoDBBatchResponse>;
  readonly timer: Timer;
  readonly logger: Logger;
  /** Waits so long for more before it hands a change over. @default not at all */
  readonly windowMs?: number;
  /** The most records of a batch. @default 200 */
  readonly batchSize?: number;
}

export interface FeedPump {
  /** Waits for the batch that runs and takes no more. */
  stop(): Promise<void>;
}

const BATCH_SIZE = 200;
const TRIES = 5;
/** Doubled with each try. */
const PAUSE_MS = 100;
/** Before a store that cannot be used is tried again. */
const STORE_PAUSE_MS = 1_000;

type BatchOutcome = 'done' | 'failed' | 'empty';

export function startFeedPump(options: FeedPumpOptions): FeedPump {
  const stopping = new AbortController();
  const running = pump(options, stopping.signal);
  return {
    async stop() {
      stopping.abort();
      await running;
    },
  };
}

async function pump(options: FeedPumpOptions, signal: AbortSignal): Promise<void> {
  const { table, timer, logger, windowMs = 0, batchSize = BATCH_SIZE } = options;
  let size = batchSize;
  let failures = 0;
  while (!signal.aborted) {
    const arrival = nextChange(table, signal);
    let outcome: BatchOutcome;
    try {
      outcome = await runFeedBatch(options, size, failures + 1 >= TRIES);
    } catch (error) {
      logger.log('record-failed', { source: 'pump' }, error);
      await pause(timer, STORE_PAUSE_MS, signal);
      continue;
    }
    if (outcome === 'failed') {
      failures = size === 1 ? failures + 1 : 0;
      size = Math.max(1, Math.floor(size / 2));
      await pause(timer, PAUSE_MS * 2 ** failures, signal);
    } else {
      size = batchSize;
      failures = 0;
      if (outcome === 'empty') await arrival;
      if (windowMs > 0) await pause(timer, windowMs, signal);
    }
  }
}

/** Hands one batch to the handler; with `isLastTry` a record that fails alone is dropped. */
export async function runFeedBatch(
  { table, consumer, handler, logger }: Pick<FeedPumpOptions, 'table' | 'consumer' | 'handler' | 'logger'>,
  size: number,
  isLastTry: boolean,
): Promise<BatchOutcome> {
  const records = table.readFeed(consumer, size);
  const last = records.at(-1);
  if (last === undefined) return 'empty';
  const event = toStreamEvent(records, (name) => name);
  if (!(await succeeds(handler, event, logger))) {
    if (records.length > 1 || !isLastTry) return 'failed';
    await table.acknowledgeFeed(consumer, last.id);
    logger.log('record-dropped', { source: 'feed', id: last.id });
    return 'done';
  }
  await table.acknowledgeFeed(consumer, last.id);
  return 'done';
}

/** As in AWS, a handler that throws has failed with its whole batch. */
async function succeeds(
  handler: FeedPumpOptions['handler'],
  event: DynamoDBStreamEvent,
  logger: Logger,
): Promise<boolean> {
  try {
    return (await handler(event)).batchItemFailures.length === 0;
  } catch (error) {
    logger.log('record-failed', { source: 'feed' }, error);
    return false;
  }
}

/** Resolves with the next change, or when stopping. Asked for before the feed is read, so none is missed. */
function nextChange(table: SqliteTable, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      off();
      signal.removeEventListener('abort', end);
      resolve();
    };
    const off = table.onFeed(end);
    signal.addEventListener('abort', end, { once: true });
  });
}
