/**
 * Credentials for node mailboxes: the mailbox role, narrowed to one queue. Apart from the mailbox itself, so that only
 * the function that gives them carries the client of the token service.
 */
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import type { QueueConnection } from './connectQueues.ts';
import { type MailboxSettings, mailboxName, mailboxUrl } from './nodeMailbox.ts';

export interface CredentialSettings extends MailboxSettings {
  /** Queue ARNs are this plus the queue's name. */
  readonly queueArnBase: string;
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

/** Gives credentials that can receive from and delete in the mailbox of one node. */
export type MailboxCredentialSource = (nodeId: number) => Promise<MailboxCredentials>;

/** The longest that chained roles allow. */
const CREDENTIAL_SECONDS = 3_600;

/** A client for {@link mailboxCredentials}. */
export const connectTokens = (connection: QueueConnection): STSClient => new STSClient(connection);

export const mailboxCredentials =
  (sts: STSClient, settings: CredentialSettings): MailboxCredentialSource =>
  async (nodeId) => {
    const policy = {
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Action: ['sqs:ReceiveMessage', 'sqs:DeleteMessage'],
          Resource: `${settings.queueArnBase}${mailboxName(settings, nodeId)}`,
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
      queueUrl: mailboxUrl(settings, nodeId),
      endpoint: settings.endpoint,
      region: settings.region,
      accessKeyId: credentials.AccessKeyId,
      secretAccessKey: credentials.SecretAccessKey,
      sessionToken: credentials.SessionToken,
      expiresAt: credentials.Expiration.toISOString(),
    };
  };
