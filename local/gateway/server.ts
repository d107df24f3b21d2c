/**
 * The local gateway: the one HTTP server of a local farm. It stands for API Gateway, SQS, STS and S3 at the
 * wire, so that neither functions nor nodes know that they do not talk to AWS.
 *
 * `/v1/` goes to the functions, `/blobs/` to the blobs, `POST /` and `POST /queues/` to SQS and STS.
 */
import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { DispatcherError } from '../../shared/errors.ts';
import type { Clock } from '../../shared/model/clock.ts';
import type { FileBlobs } from '../fileBlobs.ts';
import { errorAnswer, writeAnswer } from './answers.ts';
import { answerAws } from './awsApi.ts';
import { answerBlob, blobPath } from './blobApi.ts';
import { answerBrokenRequest } from './brokenRequest.ts';
import type { GatewayCredentials } from './credentials.ts';
import { answerApi, type GroupHandlers } from './httpApi.ts';
import { connectionsPath, livePath } from './liveApi.ts';
import { type LiveConnections, refuse } from './liveConnections.ts';
import type { QueueStore } from './queueStore.ts';
import { ClientGoneError } from './requestBody.ts';

export interface GatewayOptions {
  /** Looked up at each request, so handlers that need the gateway's address may be added after it has started. */
  readonly handlers: GroupHandlers;
  readonly queues: QueueStore;
  readonly live: LiveConnections;
  readonly credentials: GatewayCredentials;
  readonly blobs: FileBlobs;
  readonly clock: Clock;
  /** Where to listen. 127.0.0.1 if not given: only this machine. */
  readonly host?: string;
  /** Any free one if not given. */
  readonly port?: number;
  /** Told about every request that failed by our fault, and was answered so. */
  readonly onFailure: (error: unknown, request: FailedRequest) => void;
}

export interface FailedRequest {
  readonly requestId: string;
  readonly method: string;
  readonly path: string;
}

export interface Gateway {
  /** Address for clients on this machine, without a slash at its end. */
  readonly url: string;
  /** Stops listening, ends long polls and waits for running requests, five seconds at most. */
  close(): Promise<void>;
}

/** A client has so long to send its headers, and its whole request: uploads of logs over slow lines included. */
const headersTimeoutMs = 15_000;
const requestTimeoutMs = 5 * 60_000;
/** Longer than clients keep idle connections: it is they who close them, and no request meets a closed one. */
const keepAliveTimeoutMs = 65_000;
/** A connection on which nothing moves is cut. Above the longest poll and the longest function. */
const idleTimeoutMs = 2 * 60_000;
const closeTimeoutMs = 5_000;

export async function startGateway(options: GatewayOptions): Promise<Gateway> {
  const { host = '127.0.0.1', port = 0 } = options;
  const closing = new AbortController();
  const running = new Set<Promise<void>>();
  const server = createServer({
    headersTimeout: headersTimeoutMs,
    requestTimeout: requestTimeoutMs,
    keepAliveTimeout: keepAliveTimeoutMs,
  });
  server.setTimeout(idleTimeoutMs);
  /** What is being answered, or was last, on a connection. */
  const answers = new WeakMap<Duplex, ServerResponse>();
  server.on('clientError', (error: NodeJS.ErrnoException, socket) =>
    answerBrokenRequest(error, socket, answers.get(socket)),
  );
  server.on('request', (request, response) => {
    answers.set(request.socket, response);
    if (closing.signal.aborted) response.setHeader('connection', 'close');
    const answered = answer(request, response, options, closing.signal).finally(() =>
      running.delete(answered),
    );
    running.add(answered);
  });
  server.on('upgrade', (request, socket, head) => {
    const { path, rawQuery } = targetOf(request);
    if (path === livePath && !closing.signal.aborted)
      void options.live.upgrade(request, socket, head, new URLSearchParams(rawQuery));
    else refuse(socket, 404, '');
  });
  await listen(server, host, port);
  const close = async () => {
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    closing.abort();
    await options.live.close();
    // A connection is idle only when its answer is written, and nobody but us closes it then.
    const answered = Promise.all([...running].map((one) => one.then(() => server.closeIdleConnections())));
    server.closeIdleConnections();
    await within(closeTimeoutMs, Promise.all([answered, closed]));
    server.closeAllConnections();
    await closed;
  };
  let isClosed: Promise<void> | undefined;
  return {
    url: urlOf(server.address() as AddressInfo),
    close() {
      isClosed ??= close();
      return isClosed;
    },
  };
}

/** Resolves with the work or after the time, whatever is first. */
async function within(milliseconds: number, work: Promise<unknown>): Promise<void> {
  const late = Promise.withResolvers<void>();
  const timer = setTimeout(late.resolve, milliseconds);
  await Promise.race([work, late.promise]);
  clearTimeout(timer);
}

function listen(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

function urlOf({ address, family, port }: AddressInfo): string {
  // A server that listens on all addresses is reached at this machine's own.
  if (address === '0.0.0.0' || address === '::') return `http://127.0.0.1:${port}`;
  return `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`;
}

/** Answers one request; never rejects. */
async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  options: GatewayOptions,
  closing: AbortSignal,
): Promise<void> {
  const requestId = randomUUID();
  const method = request.method ?? 'GET';
  const target = targetOf(request);
  const { path } = target;
  const onFailure = (error: unknown) => options.onFailure(error, { requestId, method, path });
  try {
    if (path.startsWith('/v1/') || path.startsWith('/api/')) {
      const given = await answerApi(request, target, options.handlers, requestId, options.clock);
      writeAnswer(request, response, given);
    } else if (path.startsWith(blobPath)) {
      await answerBlob(request, response, target, options.blobs);
    } else if (
      path.startsWith(connectionsPath) ||
      (method === 'POST' && (path === '/' || path.startsWith('/queues/')))
    ) {
      const gone = new AbortController();
      response.once('close', () => gone.abort());
      const signal = AbortSignal.any([closing, gone.signal]);
      const given = await answerAws(request, target, { ...options, onFailure }, requestId, signal);
      writeAnswer(request, response, given);
    } else {
      throw new DispatcherError('no-such-operation', { method, path });
    }
  } catch (error) {
    if (error instanceof ClientGoneError) {
      response.destroy();
      return;
    }
    if (!(error instanceof DispatcherError)) onFailure(error);
    writeAnswer(request, response, errorAnswer(error, requestId));
  }
}

function targetOf({ url = '/' }: IncomingMessage): { readonly path: string; readonly rawQuery: string } {
  const [path = '/', ...rest] = url.split('?');
  return { path, rawQuery: rest.join('?') };
}
