/** Hook queue: FIFO by job, so that a job's hooks run in the order of its transitions; what is sent twice is dropped. */
import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { HookMessage } from '../contract/queueMessages.ts';
import { transitionKey } from '../domain/jobHooks.ts';

export function hookQueue(client: SQSClient, queueUrl: string) {
  return {
    async send(message: HookMessage): Promise<void> {
      const after = 'after' in message ? `:${message.after}` : '';
      await client.send(
        new SendMessageCommand({
          QueueUrl: queueUrl,
          MessageBody: JSON.stringify(message),
          MessageGroupId: groupOf(message),
          MessageDeduplicationId: `${hookKey(message)}${after}`,
        }),
      );
    },
  };
}

export type HookQueue = ReturnType<typeof hookQueue>;

/** The identity of one hook for one transition, or for one minute of its template. */
export function hookKey(message: HookMessage): string {
  const { hook } = message;
  if ('state' in message) return transitionKey(message.state, hook);
  if ('minute' in message) return `${message.templateId}:${message.minute}:${hook}`;
  return `${message.jobId}:${message.occasion}:${hook}`;
}

/** What is told of a job is in order; a question about it does not wait behind what failed. */
function groupOf(message: HookMessage): string {
  if ('state' in message) return String(message.state.id);
  return 'minute' in message ? `template-${message.templateId}` : `gate-${message.jobId}`;
}
