/** A dispatcher, a queue service and a storage over HTTP with scripted answers, for the agent as a real process. */
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TestContext } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import type { Command } from '../../../client/src/generated.ts';
import { type ErrorCode, errorCodes } from '../../../shared/contract/errorCodes.ts';
import { aDesiredState } from './orders.ts';

interface Received {
  readonly name: string;
  readonly authorization: string | undefined;
  // biome-ignore lint/suspicious/noExplicitAny: cases look at single fields of known requests.
  readonly input: any;
}

/** What a call is answered with, perhaps later: a value, or the code of an error. */
type Answer = object | ErrorCode | Promise<object>;

export class ScriptedServer {
  readonly received: Received[] = [];
  /** Uploaded texts. */
  readonly uploads: string[] = [];
  /** Messages in the mailbox. */
  readonly mail: string[] = [];
  /** Receipts of deleted messages. */
  readonly deleted: string[] = [];
  /** Answers the queue service with this error instead. */
  queueError: { readonly status: number; readonly type: string } | undefined;
  url = '';
  /** Said in every answer that no case has scripted. */
  desired = aDesiredState();
  /** Commands that wait until they are answered. */
  commands: { readonly commandId: string; readonly command: Command }[] = [];
  #nodes = 0;
  readonly #answers = new Map<string, Answer[]>();

  static async start(test: TestContext): Promise<ScriptedServer> {
    const scripted = new ScriptedServer();
    const server = createServer((request, response) => void scripted.#serve(request, response));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    scripted.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    test.after(() => {
      server.close();
      server.closeAllConnections();
    });
    return scripted;
  }

  answer(name: string, ...answers: Answer[]): void {
    this.#answers.set(name, [...(this.#answers.get(name) ?? []), ...answers]);
  }

  called(name: string): Received[] {
    return this.received.filter((call) => call.name === name);
  }

  get credentials() {
    return {
      queueUrl: `${this.url}/queue/1`,
      endpoint: this.url,
      region: 'eu-central-1',
      accessKeyId: 'AKID',
      secretAccessKey: 'very secret key',
      sessionToken: 'session token',
      expiresAt: new Date(Date.now() + 3_600_000).toISOString(),
    };
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const text = Buffer.concat(parts).toString();
    if (request.method === 'PUT') {
      this.uploads.push(text);
      response.writeHead(200).end();
      return;
    }
    const target = request.headers['x-amz-target'];
    if (typeof target === 'string') {
      const [status, answer] = await this.#queueAnswer(target, JSON.parse(text));
      send(response, status, answer);
      return;
    }
    const name = request.url?.split('/').at(-1) ?? '';
    this.received.push({ name, authorization: request.headers.authorization, input: JSON.parse(text) });
    if (name === 'nodeAnswerCommand') {
      const { commandId } = JSON.parse(text) as { commandId: string };
      this.commands = this.commands.filter((command) => command.commandId !== commandId);
    }
    const answer = await (this.#answers.get(name)?.shift() ?? this.#usual(name));
    if (typeof answer !== 'string') {
      send(response, 200, answer);
      return;
    }
    const { status, number, retryable, message } = errorCodes[answer];
    send(response, status, { error: { code: answer, number, retryable, message, details: {} } });
  }

  async #queueAnswer(
    target: string,
    input: { Entries?: { ReceiptHandle: string }[] },
  ): Promise<[number, object]> {
    if (this.queueError !== undefined) {
      const { status, type } = this.queueError;
      return [status, { __type: `com.amazonaws.sqs#${type}`, message: 'no' }];
    }
    if (target.endsWith('.DeleteMessageBatch')) {
      this.deleted.push(...(input.Entries ?? []).map(({ ReceiptHandle }) => ReceiptHandle));
      return [200, { Successful: [], Failed: [] }];
    }
    // Long enough not to be a storm, short enough that new mail is seen soon.
    if (this.mail.length === 0) await delay(50);
    const messages = this.mail.splice(0, 10).map((body, index) => ({
      MessageId: `m${index}`,
      ReceiptHandle: `r-${body}`,
      MD5OfBody: createHash('md5').update(body).digest('hex'),
      Body: body,
    }));
    return [200, { Messages: messages }];
  }

  #usual(name: string): object {
    const desired = this.desired;
    switch (name) {
      case 'nodeRegister':
        this.#nodes += 1;
        return {
          nodeId: this.#nodes,
          session: `s${this.#nodes}`,
          token: `node token ${this.#nodes}`,
          desired,
        };
      case 'nodeClaim':
      case 'nodeReport':
        return { work: null, desired };
      case 'nodeHeartbeat':
        return { desired, hasWork: false };
      case 'nodeMailboxCredentials':
        return this.credentials;
      case 'nodeFetchCommands':
        return { commands: this.commands };
      case 'nodeUploadLog':
        return { url: `${this.url}/log`, maximumBytes: 4_000_000 };
      default:
        return {};
    }
  }
}

function send(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
