/** Dispatch queue: standard, so a message may come twice or out of order; every pass is safe to repeat. */
import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { DispatchMessage } from '../contract/queueMessages.ts';

export function dispatchQueue(client: SQSClient, queueUrl: string) {
  return {
    async send(message: DispatchMessage, delaySeconds = 0): Promise<void> {
      await client.send(
        new SendMessageCommand({
          QueueUrl: queueUrl,
          MessageBody: JSON.stringify(message),
          ...(delaySeconds > 0 ? { DelaySeconds: delaySeconds } : {}),
        }),
      );
    },
  };
}

export type DispatchQueue = ReturnType<typeof dispatchQueue>;
