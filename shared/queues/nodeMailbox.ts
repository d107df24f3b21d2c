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
import { AssumeRoleCommand, type STSClient } from '@aws-sdk/client-sts';
import type { MailboxMessage } from '../contract/mailboxMessages.ts';

export interface MailboxSettings {
  /** Queue URLs are this plus the queue's name. */
  readonly queueUrlBase: string;
  /** Queue ARNs are this plus the queue's name. */
  readonly queueArnBase: string;
  /** Names are this plus the node's id. */
  readonly namePrefix: string;
  /** Role that may receive from and delete in every mailbox; a node gets it narrowed to its own. */
  readonly roleArn: string;
  readonly region: string;
  /** Endpoint that nodes use, null for the region's own. */
  readonly endpoint: string | null;
}

export interface MailboxCredentials {
  readonly queueUrl: string;
  readonly endpoint: string | null;
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
  readonly expiresAt: string;
}

/** A message that was not fetched for an hour wakes nobody any more. */
const RETENTION_SECONDS = 3_600;
/** A node that dies after its poll was answered blocks its mailbox for so long. */
const VISIBILITY_SECONDS = 5;
/** The longest that chained roles allow. */
const CREDENTIAL_SECONDS = 3_600;

export function nodeMailbox(sqs: SQSClient, sts: STSClient, settings: MailboxSettings) {
  const nameOf = (nodeId: number): string => `${settings.namePrefix}${nodeId}.fifo`;
  const urlOf = (nodeId: number): string => `${settings.queueUrlBase}${nameOf(nodeId)}`;

  return {
    /** Makes the mailbox; one that is there stays. */
    async create(nodeId: number): Promise<void> {
      await sqs.send(
        new CreateQueueCommand({
          QueueName: nameOf(nodeId),
          Attributes: {
            FifoQueue: 'true',
            MessageRetentionPeriod: String(RETENTION_SECONDS),
            VisibilityTimeout: String(VISIBILITY_SECONDS),
          },
        }),
      );
    },

    async remove(nodeId: number): Promise<void> {
      await ignoringMissing(sqs.send(new DeleteQueueCommand({ QueueUrl: urlOf(nodeId) })));
    },

    /** Wakes a node. Within five minutes a second message with the same identity is dropped by the queue. */
    async send(nodeId: number, message: MailboxMessage): Promise<void> {
      await ignoringMissing(
        sqs.send(
          new SendMessageCommand({
            QueueUrl: urlOf(nodeId),
            MessageBody: JSON.stringify(message),
            MessageGroupId: 'node',
            MessageDeduplicationId: identityOf(message),
          }),
        ),
      );
    },

    /** Credentials that can receive from and delete in this one mailbox. */
    async credentials(nodeId: number): Promise<MailboxCredentials> {
      const policy = {
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Allow',
            Action: ['sqs:ReceiveMessage', 'sqs:DeleteMessage'],
            Resource: `${settings.queueArnBase}${nameOf(nodeId)}`,
          },
        ],
      };
      const { Credentials: credentials } = await sts.send(
        new AssumeRoleCommand({
          RoleArn: settings.roleArn,
          RoleSessionName: `node-${nodeId}`,
          DurationSeconds: CREDENTIAL_SECONDS,
          Policy: JSON.stringify(policy),
        }),
      );
      if (
        credentials?.AccessKeyId === undefined ||
        credentials.SecretAccessKey === undefined ||
        credentials.SessionToken === undefined ||
        credentials.Expiration === undefined
      ) {
        throw new Error('the token service gave no credentials');
      }
      return {
        queueUrl: urlOf(nodeId),
        endpoint: settings.endpoint,
        region: settings.region,
        accessKeyId: credentials.AccessKeyId,
        secretAccessKey: credentials.SecretAccessKey,
        sessionToken: credentials.SessionToken,
        expiresAt: credentials.Expiration.toISOString(),
      };
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
      return `converge-${message.commandNo}`;
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
