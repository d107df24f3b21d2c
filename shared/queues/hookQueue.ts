/** Hook queue: FIFO by job, so that a job's hooks run in the order of its transitions; what is sent twice is dropped. */
import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { HookMessage } from '../contract/queueMessages.ts';

export function hookQueue(client: SQSClient, queueUrl: string) {
  return {
    async send(message: HookMessage): Promise<void> {
      await client.send(
        new SendMessageCommand({
          QueueUrl: queueUrl,
          MessageBody: JSON.stringify(message),
          MessageGroupId: String(message.state.id),
          MessageDeduplicationId: hookKey(message),
        }),
      );
    },
  };
}

export type HookQueue = ReturnType<typeof hookQueue>;

/** The identity of one hook for one transition. */
export const hookKey = ({ hook, state: { id, generation, version } }: HookMessage): string =>
  `${id}:${generation}:${version}:${hook}`;
