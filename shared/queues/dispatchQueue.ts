/** Dispatch queue: standard, so a message may come twice or out of order; every pass is safe to repeat. */
import { SendMessageBatchCommand, SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { DispatchMessage } from '../contract/queueMessages.ts';

/** The most that SQS takes at once. */
const BATCH = 10;

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

    /** Sends many; throws if one was not taken, and then all may be sent again. */
    async sendAll(messages: readonly DispatchMessage[]): Promise<void> {
      for (let start = 0; start < messages.length; start += BATCH) {
        const { Failed = [] } = await client.send(
          new SendMessageBatchCommand({
            QueueUrl: queueUrl,
            Entries: messages
              .slice(start, start + BATCH)
              .map((message, index) => ({ Id: String(index), MessageBody: JSON.stringify(message) })),
          }),
        );
        if (Failed[0] !== undefined) throw new Error(`the dispatch queue refused: ${Failed[0].Message}`);
      }
    },
  };
}

export type DispatchQueue = ReturnType<typeof dispatchQueue>;
