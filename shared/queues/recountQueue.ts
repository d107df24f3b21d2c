/** Recount queue: standard; a recount that comes twice finds nothing to correct. */
import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { RecountMessage } from '../contract/queueMessages.ts';

export function recountQueue(client: SQSClient, queueUrl: string) {
  return {
    async send(message: RecountMessage): Promise<void> {
      await client.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: JSON.stringify(message) }));
    },
  };
}

export type RecountQueue = ReturnType<typeof recountQueue>;
