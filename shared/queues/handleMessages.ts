/** Handles a batch of queue messages one by one: a bad one fails alone. */
import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import type * as z from 'zod/mini';
import type { Logger } from '../observe/logger.ts';

/**
 * Runs `handle` for each message. One that fails comes again; one that cannot be read is logged and taken off
 * the queue, since it will never be readable.
 */
export async function handleMessages<Schema extends z.ZodMiniType>(
  event: SQSEvent,
  schema: Schema,
  logger: Logger,
  handle: (message: z.output<Schema>, record: SQSRecord) => Promise<void>,
): Promise<SQSBatchResponse> {
  const batchItemFailures: SQSBatchResponse['batchItemFailures'] = [];
  for (const record of event.Records) {
    const { messageId, body } = record;
    const message = read(schema, body);
    if (message === undefined) {
      logger.log('record-malformed', { messageId });
      continue;
    }
    try {
      await handle(message, record);
    } catch (error) {
      logger.log('record-failed', { source: 'queue', messageId }, error);
      batchItemFailures.push({ itemIdentifier: messageId });
    }
  }
  return { batchItemFailures };
}

/** The same for a FIFO queue: what comes behind a message that failed waits with it, lest it overtake. */
export async function handleInOrder<Schema extends z.ZodMiniType>(
  event: SQSEvent,
  schema: Schema,
  logger: Logger,
  handle: (message: z.output<Schema>, record: SQSRecord) => Promise<void>,
): Promise<SQSBatchResponse> {
  for (const [index, record] of event.Records.entries()) {
    const { batchItemFailures } = await handleMessages({ Records: [record] }, schema, logger, handle);
    if (batchItemFailures.length === 0) continue;
    return {
      batchItemFailures: event.Records.slice(index).map(({ messageId }) => ({ itemIdentifier: messageId })),
    };
  }
  return { batchItemFailures: [] };
}

function read<Schema extends z.ZodMiniType>(schema: Schema, body: string): z.output<Schema> | undefined {
  try {
    return schema.safeParse(JSON.parse(body)).data;
  } catch {
    return undefined;
  }
}
