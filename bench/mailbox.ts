/**
 * A node's mailbox, received from as the node agent does: a long poll, then the messages are deleted. Signed by
 * hand, for the SDK takes more time for a request than the dispatcher for its answer, and two hundred nodes are
 * two hundred machines.
 */
import { createHash, createHmac } from 'node:crypto';
import type { Operations } from '../client/src/generated.ts';
import { Connection } from './connection.ts';

type Credentials = Operations['nodeMailboxCredentials']['output'];

const WAIT_SECONDS = 20;
const MOST_MESSAGES = 10;

export class Mailbox {
  readonly #credentials: Credentials;
  readonly #connection: Connection;

  private constructor(credentials: Credentials, connection: Connection) {
    this.#credentials = credentials;
    this.#connection = connection;
  }

  static async open(credentials: Credentials): Promise<Mailbox> {
    return new Mailbox(credentials, await Connection.open(credentials.endpoint ?? ''));
  }

  /** Waits for messages and takes them out; false if none came within the long poll. */
  async hasMail(): Promise<boolean> {
    const { Messages: messages = [] } = await this.#call<{ Messages?: { ReceiptHandle: string }[] }>(
      'ReceiveMessage',
      { MaxNumberOfMessages: MOST_MESSAGES, WaitTimeSeconds: WAIT_SECONDS },
    );
    if (messages.length === 0) return false;
    const entries = messages.map(({ ReceiptHandle }, index) => ({ Id: String(index), ReceiptHandle }));
    await this.#call('DeleteMessageBatch', { Entries: entries });
    return true;
  }

  close(): void {
    this.#connection.destroy();
  }

  async #call<Output>(action: string, input: object): Promise<Output> {
    const body = JSON.stringify({ QueueUrl: this.#credentials.queueUrl, ...input });
    const headers = this.#signed(action, body);
    const reply = await this.#connection.postWith('/', headers, body);
    if (reply.status !== 200) throw new Error(`${action} answered ${reply.status}: ${reply.body}`);
    return JSON.parse(reply.body);
  }

  /** AWS Signature Version 4. */
  #signed(action: string, body: string): Record<string, string> {
    const { accessKeyId, secretAccessKey, sessionToken, region } = this.#credentials;
    const time = new Date().toISOString().replace(/[-:]|\.\d+/g, '');
    const headers = {
      host: this.#connection.host,
      'x-amz-date': time,
      'x-amz-security-token': sessionToken,
      'x-amz-target': `AmazonSQS.${action}`,
    };
    const names = Object.keys(headers).join(';');
    const canonical = Object.entries(headers).map(([name, value]) => `${name}:${value}\n`);
    const request = ['POST', '/', '', canonical.join(''), names, sha256(body)].join('\n');
    const scope = `${time.slice(0, 8)}/${region}/sqs/aws4_request`;
    const key = scope
      .split('/')
      .reduce<string | Buffer>((secret, part) => hmac(secret, part), `AWS4${secretAccessKey}`);
    const signature = hmac(key, ['AWS4-HMAC-SHA256', time, scope, sha256(request)].join('\n')).toString(
      'hex',
    );
    const { host: _host, ...sent } = headers;
    return {
      ...sent,
      'content-type': 'application/x-amz-json-1.0',
      authorization: `AWS4-HMAC-SHA256 Credential=${accessKeyId}/${scope}, SignedHeaders=${names}, Signature=${signature}`,
    };
  }
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();
