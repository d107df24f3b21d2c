/**
 * The wire between everything that calls AWS and the emulator. Each call is checked against the rights of whoever signed
 * it, may meet a fault, and is passed on. It sits here, not in the SDK, because not every client takes middleware, links
 * are used by others than who signed them, and faults of a network happen on it.
 */
import { once } from 'node:events';
import {
  Agent,
  createServer,
  type IncomingMessage,
  type OutgoingHttpHeaders,
  request as passOn,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { answerConnection } from '../../local/gateway/liveApi.ts';
import type { LiveConnections } from '../../local/gateway/liveConnections.ts';
import type { RightsChecker } from './checkRights.ts';
import { type Call, type Place, readCall } from './readCall.ts';

/** How a call fails. */
export type Failure =
  /** Refused for its rate, not applied. */
  | 'throttled'
  /** Refused for what it says, not applied and not worth repeating. */
  | 'refused'
  /** Another transaction is in its way, not applied. */
  | 'transaction-conflict'
  /** Applied, and answered with status 500. */
  | 'server-error'
  /** Applied, and the connection breaks before the answer. */
  | 'lost-answer'
  /** The connection breaks before it arrives. */
  | 'lost-request';

export interface Fault {
  readonly failure: Failure;
  readonly when: (call: Call) => boolean;
  /** How often it strikes. @default once */
  readonly times?: number;
}

/** What a test wants to see of writes, or do in between. */
export interface WriteWatch {
  /** Before a write is passed on; false if the writer is gone meanwhile and its call with it. */
  before(call: Call, instance: string): Promise<boolean>;
  /** After it was applied; false if the writer is not to hear of it. */
  after(call: Call, instance: string): Promise<boolean>;
}

export interface Wire {
  /** Address that clients take for that of AWS. */
  readonly url: string;
  /** Whose rights are checked from now on. */
  rights: RightsChecker | undefined;
  watch: WriteWatch | undefined;
  /** Connections of the WebSocket API, whose management API is answered here. */
  live: LiveConnections | undefined;
  /** Lets calls fail; answers with how often it has struck. */
  inject(fault: Fault): () => number;
  /** No faults and no watch any more. */
  calm(): void;
  close(): Promise<void>;
}

export interface WireOptions {
  readonly endpoint: string;
  readonly place: Place;
  readonly now: () => number;
}

interface Answer {
  readonly status: number;
  readonly headers: OutgoingHttpHeaders;
  readonly body: Buffer;
}

export async function startWire({ endpoint, place, now }: WireOptions): Promise<Wire> {
  const agent = new Agent({ keepAlive: true });
  const faults: { readonly fault: Fault; left: number }[] = [];
  /** When what was lent ends, by access key. */
  const ends = new Map<string, number>();
  const server = createServer((request, response) => {
    // The SDK repeats what fails at a time that is not its own.
    response.setHeader('date', new Date(now()).toUTCString());
    answer(request, response).catch((error: unknown) => {
      // Nobody reads a log of the wire: whoever called is told.
      write(response, refusal(500, 'InternalFailure', String(error)));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');

  const failureOf = (call: Call): Failure | undefined => {
    const found = faults.find(({ fault, left }) => left > 0 && fault.when(call));
    if (found === undefined) return undefined;
    found.left -= 1;
    return found.fault.failure;
  };

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await buffer(request);
    const method = request.method ?? 'GET';
    const target = request.url ?? '/';
    const call = readCall({ method, target, headers: request.headers, body: body.toString() }, place);
    if (!mayPass(call, response)) return;
    const failure = failureOf(call);
    if (failure !== undefined && failsUnapplied(failure, call, response)) return;
    const instance = String(request.headers['x-amz-security-token'] ?? '');
    const isWrite = call.written !== undefined;
    if (isWrite && wire.watch !== undefined && !(await wire.watch.before(call, instance))) {
      response.destroy();
      return;
    }
    const given =
      call.service === 'execute-api'
        ? answerLive(call, target, body)
        : await forward(request, response, body);
    if (given === undefined) return;
    if (isWrite && given.status < 300 && wire.watch && !(await wire.watch.after(call, instance))) {
      response.destroy();
      return;
    }
    if (failure === 'lost-answer') response.destroy();
    else if (failure === 'server-error') write(response, refusal(500, 'InternalServerError', 'by the test'));
    else write(response, seen(call, given));
  };

  const answerLive = ({ operation }: Call, target: string, body: Buffer): Answer => {
    if (wire.live === undefined) throw new Error('there is no WebSocket API');
    const { status, headers, body: text } = answerConnection(wire.live, operation, target, body);
    return { status, headers, body: Buffer.from(text) };
  };

  /** Whether the signer may do it; else it has been answered. */
  const mayPass = (call: Call, response: ServerResponse): boolean => {
    if (wire.rights === undefined) throw new Error('there is no stack whose rights could be checked');
    const end = ends.get(call.accessKey);
    if (end !== undefined && end <= now()) {
      write(response, refusal(403, 'ExpiredTokenException', 'The security token in the request is expired'));
      return false;
    }
    if (wire.rights.check(call.accessKey, call.needs)) return true;
    const [need] = call.needs;
    const message = `${call.accessKey} may not ${need?.action} ${need?.resource}`;
    write(response, refusal(call.service === 'dynamodb' ? 400 : 403, 'AccessDeniedException', message));
    return false;
  };

  /** Learns from answers what AWS itself would know; S3 hides what is missing from who may not list. */
  const seen = (call: Call, given: Answer): Answer => {
    if (call.operation === 'AssumeRole' && given.status === 200) {
      const xml = given.body.toString();
      const accessKey = textOf(xml, 'AccessKeyId');
      const form = new URLSearchParams(call.body);
      wire.rights?.lend(call.accessKey, accessKey, form.get('RoleArn') ?? '', form.get('Policy') ?? '');
      ends.set(accessKey, Date.parse(textOf(xml, 'Expiration')));
    }
    if (call.service === 's3' && call.operation === 'HEAD' && given.status === 404) {
      const bucket = (call.needs[0]?.resource ?? '').split('/')[0] ?? '';
      const maySee = wire.rights?.check(call.accessKey, [{ action: 's3:ListBucket', resource: bucket }]);
      return maySee ? given : { ...given, status: 403 };
    }
    return given;
  };

  const forward = (
    { method, url, headers }: IncomingMessage,
    response: ServerResponse,
    body: Buffer,
  ): Promise<Answer | undefined> =>
    new Promise((resolve, reject) => {
      // The emulator knows no keys of functions and takes links without a signature; whose they are has been looked at.
      const target = url?.replace(/[?&]X-Amz-[^&]*/g, '').replace(/^([^?&]*)&/, '$1?');
      const outgoing = passOn(`${endpoint}${target}`, { agent, method, headers }, (incoming) => {
        buffer(incoming).then(
          (given) => resolve({ status: incoming.statusCode ?? 502, headers: incoming.headers, body: given }),
          reject,
        );
      });
      // A long poll whose caller has gone is over.
      response.once('close', () => {
        if (response.writableEnded) return;
        outgoing.destroy();
        resolve(undefined);
      });
      outgoing.once('error', (error) => (response.destroyed ? resolve(undefined) : reject(error)));
      outgoing.end(body);
    });

  const wire: Wire = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    rights: undefined,
    watch: undefined,
    live: undefined,
    inject(fault) {
      const times = fault.times ?? 1;
      const entry = { fault, left: times };
      faults.push(entry);
      return () => times - entry.left;
    },
    calm() {
      faults.length = 0;
      wire.watch = undefined;
    },
    async close() {
      server.close();
      server.closeAllConnections();
      agent.destroy();
      await once(server, 'close');
    },
  };
  return wire;
}

/** Answers for a failure that leaves the call unapplied; false for one that strikes afterwards. */
function failsUnapplied(failure: Failure, call: Call, response: ServerResponse): boolean {
  switch (failure) {
    case 'throttled': {
      const name =
        call.service === 'dynamodb' ? 'ProvisionedThroughputExceededException' : 'ThrottlingException';
      write(response, refusal(400, name, 'by the test'));
      return true;
    }
    case 'refused':
      write(response, refusal(400, 'ValidationException', 'by the test'));
      return true;
    case 'transaction-conflict':
      write(response, refusal(400, 'TransactionConflictException', 'by the test'));
      return true;
    case 'lost-request':
      response.destroy();
      return true;
    default:
      return false;
  }
}

const refusal = (status: number, name: string, message: string): Answer => ({
  status,
  headers: { 'content-type': 'application/x-amz-json-1.0' },
  body: Buffer.from(JSON.stringify({ __type: `com.amazonaws#${name}`, message })),
});

function write(response: ServerResponse, { status, headers, body }: Answer): void {
  if (response.destroyed || response.headersSent) return;
  const { 'transfer-encoding': _, connection: __, date: ___, ...others } = headers;
  response.writeHead(status, { ...others, ...(body.length > 0 ? { 'content-length': body.length } : {}) });
  response.end(body);
}

const textOf = (xml: string, name: string): string =>
  new RegExp(`<${name}>(.*?)</${name}>`).exec(xml)?.[1] ?? '';
