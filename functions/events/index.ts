/** Event queue → the bus: what it did not take when it happened. */
import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { eventMessageSchema } from '../../shared/contract/queueMessages.ts';
import { handleMessages } from '../../shared/queues/handleMessages.ts';
import type { Context } from '../../shared/runtime/context.ts';

export const createHandler =
  (context: Context) =>
  (event: SQSEvent): Promise<SQSBatchResponse> =>
    handleMessages(event, eventMessageSchema(), context.logger, ({ events }) => context.eventBus.put(events));
