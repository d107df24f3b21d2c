/** Hook queue: FIFO by job, so that a job's hooks run in the order of its transitions; what is sent twice is dropped. */
import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { HookMessage } from '../contract/queueMessages.ts';
import { hookKey } from '../domain/hookKeys.ts';

export function hookQueue(client: SQSClient, queueUrl: string) {
  return {
    async send(message: HookMessage): Promise<void> {
      await client.send(
        new SendMessageCommand({
          QueueUrl: queueUrl,
          MessageBody: JSON.stringify(message),
          MessageGroupId: groupOf(message),
          MessageDeduplicationId: identityOf(message),
        }),
      );
    },
  };
}

export type HookQueue = ReturnType<typeof hookQueue>;

/** One message of several that are about the same. */
function identityOf(message: HookMessage): string {
  if (message.hook === 'onValidateChunkDependancies') {
    const { jobId, generation, occasion, turn, hook } = message;
    return `${jobId}:${generation}:${occasion}:${turn}:${hook}`;
  }
  return `${hookKey(message)}${'after' in message ? `:${message.after}` : ''}`;
}

/** What is told of a job is in order; a question about it does not wait behind what failed. */
function groupOf(message: HookMessage): string {
  if ('state' in message) return String(message.state.id);
  return 'minute' in message ? `template-${message.templateId}` : `gate-${message.jobId}`;
}
