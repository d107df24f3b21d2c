/** Hook queue → the hooks of templates. */
import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { runHook } from '../../shared/actions/runHook.ts';
import { hookMessageSchema } from '../../shared/contract/queueMessages.ts';
import { handleInOrder } from '../../shared/queues/handleMessages.ts';
import type { Context } from '../../shared/runtime/context.ts';

export const createHandler =
  (context: Context) =>
  (event: SQSEvent): Promise<SQSBatchResponse> =>
    handleInOrder(event, hookMessageSchema(), context.logger, (message, { attributes }) =>
      runHook(context, message, Number(attributes.ApproximateReceiveCount)),
    );
