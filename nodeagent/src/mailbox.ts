/** The node's mailbox, an SQS queue. The only importer of the SQS client. */
import {
  DeleteMessageBatchCommand,
  type Message,
  ReceiveMessageCommand,
  SQSClient,
  SQSServiceException,
} from '@aws-sdk/client-sqs';
import {
  type Mailbox,
  type MailboxConnection,
  MailboxDeniedError,
  type MailboxMessage,
  type Output,
} from './ports.ts';

const waitSeconds = 20;
const messagesAtOnce = 10;
/** Beyond the long poll's own length, for a connection that died without a word. */
const timeoutMs = (waitSeconds + 15) * 1_000;

export const sqsMailbox: Mailbox = {
  connect: (credentials) => new SqsConnection(credentials),
};

class SqsConnection implements MailboxConnection {
  readonly #client: SQSClient;
  readonly #queueUrl: string;

  constructor({ queueUrl, endpoint, region, ...keys }: Output<'nodeMailboxCredentials'>) {
    this.#queueUrl = queueUrl;
    this.#client = new SQSClient({
      region,
      ...(endpoint !== null && { endpoint }),
      credentials: {
        accessKeyId: keys.accessKeyId,
        secretAccessKey: keys.secretAccessKey,
        sessionToken: keys.sessionToken,
      },
      // Repeating is the state machine's business, with its clock and its jitter.
      maxAttempts: 1,
      requestHandler: { connectionTimeout: 5_000 },
    });
  }

  async receive(signal: AbortSignal): Promise<readonly MailboxMessage[]> {
    const abortSignal = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
    try {
      const { Messages: received = [] } = await this.#client.send(
        new ReceiveMessageCommand({
          QueueUrl: this.#queueUrl,
          MaxNumberOfMessages: messagesAtOnce,
          WaitTimeSeconds: waitSeconds,
        }),
        { abortSignal },
      );
      if (received.length > 0) await this.#delete(received, abortSignal);
      return received.map(parse).filter((message) => message !== undefined);
    } catch (error) {
      if (isDenied(error)) throw new MailboxDeniedError(error.message, { cause: error });
      throw error;
    }
  }

  close(): void {
    this.#client.destroy();
  }

  /** A message that is not deleted comes again, which does no harm; that it came at all counts. */
  async #delete(messages: readonly Message[], abortSignal: AbortSignal): Promise<void> {
    const entries = messages.map(({ ReceiptHandle }, index) => ({ Id: String(index), ReceiptHandle }));
    try {
      await this.#client.send(new DeleteMessageBatchCommand({ QueueUrl: this.#queueUrl, Entries: entries }), {
        abortSignal,
      });
    } catch (error) {
      if (!(error instanceof Error)) throw error;
    }
  }
}

/** Refused credentials answer 403, or 400 with a name that says so. */
function isDenied(error: unknown): error is SQSServiceException {
  if (!(error instanceof SQSServiceException)) return false;
  return (
    error.$metadata.httpStatusCode === 403 ||
    /token|signature|accessdenied|accesskey|credential/i.test(error.name)
  );
}

function parse({ Body = '' }: Message): MailboxMessage | undefined {
  try {
    const message = JSON.parse(Body) as Partial<MailboxMessage> | null;
    if (typeof message?.kind !== 'string') return undefined;
    return {
      kind: message.kind,
      ...(typeof message.token === 'string' && { token: message.token }),
    };
  } catch {
    // Not ours: a message only wakes, so one that cannot be read loses nothing.
    return undefined;
  }
}
