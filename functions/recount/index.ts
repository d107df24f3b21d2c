/** Recount queue → the end of a job, decided from its items, and what comes after it. */
import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { recountJob } from '../../shared/actions/recountJob.ts';
import { type FollowUpMessage, recountMessageSchema } from '../../shared/contract/queueMessages.ts';
import { handleMessages } from '../../shared/queues/handleMessages.ts';
import type { Context } from '../../shared/runtime/context.ts';

export const createHandler =
  (context: Context) =>
  (event: SQSEvent): Promise<SQSBatchResponse> =>
    // A conflict leaves the message in the queue: the job moved, the next try counts it again.
    handleMessages(event, recountMessageSchema(), context.logger, (message) =>
      'kind' in message
        ? submitAfterEnd(context, message)
        : recountJob(context, message.jobId, message.generation),
    );

/** Few jobs have that: a recount starts without what checks and submits jobs. */
async function submitAfterEnd(context: Context, message: FollowUpMessage): Promise<void> {
  const { submitFollowUps } = await import('../../shared/actions/submitFollowUps.ts');
  await submitFollowUps(context, message);
}
