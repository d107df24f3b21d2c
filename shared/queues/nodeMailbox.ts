/**
 * Node mailboxes: one FIFO queue a node, named by the node's id, which is never reused. A message only wakes
 * its node, so sending one to a mailbox that is gone is no error.
 */
import {
  CreateQueueCommand,
  DeleteQueueCommand,
  QueueDoesNotExist,
  SendMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import type { MailboxMessage } from '../contract/mailboxMessages.ts';

export interface MailboxSettings {
  /** Queue URLs are this plus the queue's name. */
  readonly queueUrlBase: string;
  /** Names are this plus the node's id. */
  readonly namePrefix: string;
}

/** Name of the mailbox of a node. */
export const mailboxName = ({ namePrefix }: MailboxSettings, nodeId: number): string =>
  `${namePrefix}${nodeId}.fifo`;
/** URL of the mailbox of a node. */
export const mailboxUrl = (settings: MailboxSettings, nodeId: number): string =>
  `${settings.queueUrlBase}${mailboxName(settings, nodeId)}`;

/** A message that was not fetched for an hour wakes nobody any more. */
const RETENTION_SECONDS = 3_600;
/** A node that dies after its poll was answered blocks its mailbox for so long. */
const VISIBILITY_SECONDS = 5;

export function nodeMailbox(sqs: SQSClient, settings: MailboxSettings) {
  return {
    /** Makes the mailbox; one that is there stays. */
    async create(nodeId: number): Promise<void> {
      await sqs.send(
        new CreateQueueCommand({
          QueueName: mailboxName(settings, nodeId),
          Attributes: {
            FifoQueue: 'true',
            MessageRetentionPeriod: String(RETENTION_SECONDS),
            VisibilityTimeout: String(VISIBILITY_SECONDS),
          },
        }),
      );
    },

    async remove(nodeId: number): Promise<void> {
      await ignoringMissing(sqs.send(new DeleteQueueCommand({ QueueUrl: mailboxUrl(settings, nodeId) })));
    },

    /** Wakes a node. Within five minutes a second message with the same identity is dropped by the queue. */
    async send(nodeId: number, message: MailboxMessage): Promise<void> {
      await ignoringMissing(
        sqs.send(
          new SendMessageCommand({
            QueueUrl: mailboxUrl(settings, nodeId),
            MessageBody: JSON.stringify(message),
            MessageGroupId: 'node',
            MessageDeduplicationId: identityOf(message),
          }),
        ),
      );
    },
  };
}

export type NodeMailbox = ReturnType<typeof nodeMailbox>;

function identityOf(message: MailboxMessage): string {
  switch (message.kind) {
    case 'assign':
    case 'kill':
      return `${message.kind}-${message.token}`;
    case 'converge':
      return `converge-${message.occasion ?? message.commandNo}`;
  }
}

async function ignoringMissing(work: Promise<unknown>): Promise<void> {
  try {
    await work;
  } catch (error) {
    // The node is gone, or its mailbox was removed while it was away; its next heartbeat brings everything.
    if (!(error instanceof QueueDoesNotExist)) throw error;
  }
}
