/** Recount queue → the end of a job, decided from its items. */
import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { recountJob } from '../../shared/actions/recountJob.ts';
import { recountMessageSchema } from '../../shared/contract/queueMessages.ts';
import { handleMessages } from '../../shared/queues/handleMessages.ts';
import type { Context } from '../../shared/runtime/context.ts';

export const createHandler =
  (context: Context) =>
  (event: SQSEvent): Promise<SQSBatchResponse> =>
    // A conflict leaves the message in the queue: the job moved, the next try counts it again.
    handleMessages(event, recountMessageSchema(), context.logger, ({ jobId, generation }) =>
      recountJob(context, jobId, generation),
    );
