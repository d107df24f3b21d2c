/**
 * The WebSocket side of the gateway: connections become events of an API Gateway WebSocket API, and what is posted to
 * them is sent. It keeps the limits of API Gateway that a client can meet: idle time, length of life, size of a message.
 */
import { randomBytes, randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocket, WebSocketServer } from 'ws';
import type { SocketEvent, SocketHandler } from '../../functions/console/socketEvent.ts';
import { LIVE_STAGE } from '../../shared/contract/consoleEvents.ts';
import type { Clock } from '../../shared/model/clock.ts';
import { headersOf } from './headers.ts';
import { localAccount } from './queueNames.ts';
import type { Timer } from './timer.ts';

export interface LiveConnectionsOptions {
  readonly handler: SocketHandler;
  readonly clock: Clock;
  readonly timer: Timer;
  /** Told when the first begins to connect, and when the last is gone. */
  readonly onPresence?: (areAny: boolean) => void;
  /** Told about failures that are our fault. */
  readonly onFailure: (error: unknown, requestId: string) => void;
}

/** A connection that is open. */
export interface LiveConnection {
  readonly id: string;
  readonly socket: WebSocket;
  readonly address: string;
  readonly connectedAt: number;
  lastActiveAt: number;
  /** Calls its timers off. */
  readonly forget: () => void;
}

/** Of API Gateway. */
export const MOST_MESSAGE_BYTES = 128 * 1024;
const IDLE_MS = 10 * 60_000;
const LIFE_MS = 2 * 3_600_000;
/** What a client may leave unread in this process; who is further behind is cut off. */
const MOST_UNREAD_BYTES = 1024 * 1024;

/** Actions that have a route of their own. */
const routes: ReadonlySet<unknown> = new Set(['subscribe', 'unsubscribe', 'ping']);

export class LiveConnections {
  readonly #options: LiveConnectionsOptions;
  readonly #open = new Map<string, LiveConnection>();
  /** Subprotocols that the handler has chosen. */
  readonly #protocols = new WeakMap<IncomingMessage, string>();
  readonly #server = new WebSocketServer({
    noServer: true,
    maxPayload: MOST_MESSAGE_BYTES,
    perMessageDeflate: false,
    handleProtocols: (_, request) => this.#protocols.get(request) ?? false,
  });
  readonly #running = new Set<Promise<unknown>>();
  #connecting = 0;
  #wereAny = false;

  constructor(options: LiveConnectionsOptions) {
    this.#options = options;
  }

  find(id: string): LiveConnection | undefined {
    return this.#open.get(id);
  }

  /** Sends a message; false if the connection is over, or is cut off because it does not read. */
  send(id: string, message: Uint8Array): boolean {
    const connection = this.#open.get(id);
    if (connection === undefined || connection.socket.readyState !== WebSocket.OPEN) return false;
    if (connection.socket.bufferedAmount + message.length > MOST_UNREAD_BYTES) {
      connection.socket.terminate();
      return false;
    }
    connection.lastActiveAt = this.#options.clock.now();
    connection.socket.send(Buffer.from(message).toString());
    return true;
  }

  /** False if there is no such connection. */
  disconnect(id: string): boolean {
    const connection = this.#open.get(id);
    if (connection === undefined) return false;
    connection.socket.close(1000);
    // Who does not read does not answer to a close either.
    const callOff = this.#options.timer.after(5_000, () => connection.socket.terminate());
    connection.socket.once('close', callOff);
    return true;
  }

  /** Takes an HTTP connection that asks to become a WebSocket; never rejects. */
  async upgrade(
    request: IncomingMessage,
    socket: Duplex,
    head: Buffer,
    query: URLSearchParams,
  ): Promise<void> {
    this.#connecting += 1;
    this.#tellPresence();
    const onError = (): void => void socket.destroy();
    socket.on('error', onError);
    try {
      const id = randomBytes(12).toString('base64url');
      const address = request.socket.remoteAddress ?? '';
      const answer = await this.#call(id, address, '$connect', {
        headers: headersOf(request),
        queryStringParameters: query.size === 0 ? null : Object.fromEntries(query),
      });
      const status = answer.statusCode ?? 500;
      if (status < 200 || status > 299) {
        refuse(socket, status, answer.body ?? '');
        return;
      }
      const protocol = answer.headers?.['Sec-WebSocket-Protocol'];
      if (protocol !== undefined) this.#protocols.set(request, String(protocol));
      socket.off('error', onError);
      // Completes at once, or has refused a handshake that is none.
      let isOpen = false;
      this.#server.handleUpgrade(request, socket, head, (opened) => {
        isOpen = true;
        this.#opened(id, address, opened);
      });
      if (!isOpen) await this.#call(id, address, '$disconnect', {});
    } catch (error) {
      this.#options.onFailure(error, randomUUID());
      socket.destroy();
    } finally {
      this.#connecting -= 1;
      this.#tellPresence();
    }
  }

  /** Ends every connection as a gateway does that goes away, and waits for the handlers. */
  async close(): Promise<void> {
    for (const { socket } of this.#open.values()) {
      socket.close(1001);
      socket.terminate();
    }
    while (this.#running.size > 0) await Promise.allSettled([...this.#running]);
  }

  #opened(id: string, address: string, socket: WebSocket): void {
    const { clock, timer } = this.#options;
    let callOffIdle = (): void => {};
    const watchIdle = (): void => {
      const left = connection.lastActiveAt + IDLE_MS - clock.now();
      callOffIdle = timer.after(Math.max(0, left), () => {
        if (clock.now() - connection.lastActiveAt >= IDLE_MS) this.disconnect(id);
        else watchIdle();
      });
    };
    const callOffLife = timer.after(LIFE_MS, () => this.disconnect(id));
    const now = clock.now();
    const connection: LiveConnection = {
      id,
      socket,
      address,
      connectedAt: now,
      lastActiveAt: now,
      forget() {
        callOffIdle();
        callOffLife();
      },
    };
    this.#open.set(id, connection);
    watchIdle();
    socket.on('message', (data, isBinary) => {
      connection.lastActiveAt = clock.now();
      this.#run(this.#said(connection, isBinary ? '' : String(data)));
    });
    // A frame that breaks the protocol or is too large: `ws` closes, and `close` follows.
    socket.on('error', () => {});
    socket.on('close', () => {
      connection.forget();
      this.#open.delete(id);
      this.#tellPresence();
      this.#run(this.#call(id, address, '$disconnect', {}));
    });
  }

  async #said(connection: LiveConnection, body: string): Promise<void> {
    const { id, address, socket } = connection;
    const answer = await this.#call(id, address, routeOf(body), { body });
    if (answer.body !== undefined && answer.body !== '' && socket.readyState === WebSocket.OPEN) {
      socket.send(answer.body);
    }
  }

  #call(
    connectionId: string,
    sourceIp: string,
    routeKey: string,
    given: Pick<SocketEvent, 'headers' | 'queryStringParameters' | 'body'>,
  ): ReturnType<SocketHandler> {
    const requestId = randomUUID();
    const eventType =
      routeKey === '$connect' ? 'CONNECT' : routeKey === '$disconnect' ? 'DISCONNECT' : 'MESSAGE';
    const event = {
      requestContext: {
        routeKey,
        eventType,
        connectionId,
        requestId,
        extendedRequestId: requestId,
        messageDirection: 'IN',
        stage: LIVE_STAGE,
        apiId: 'local',
        accountId: localAccount,
        domainName: 'local',
        requestTimeEpoch: this.#options.clock.now(),
        identity: { sourceIp },
      },
      isBase64Encoded: false,
      ...given,
    } as const;
    return this.#options.handler(event);
  }

  #tellPresence(): void {
    const areAny = this.#open.size + this.#connecting > 0;
    if (areAny !== this.#wereAny) this.#options.onPresence?.(areAny);
    this.#wereAny = areAny;
  }

  #run(work: Promise<unknown>): void {
    const running = work
      .catch((error: unknown) => this.#options.onFailure(error, randomUUID()))
      .finally(() => this.#running.delete(running));
    this.#running.add(running);
  }
}

function routeOf(body: string): string {
  try {
    const action = (JSON.parse(body) as { action?: unknown } | null)?.action;
    return routes.has(action) ? String(action) : '$default';
  } catch {
    // The handler of every other message says what is wrong with it.
    return '$default';
  }
}

/** An answer to a handshake that does not become a connection. */
export function refuse(socket: Duplex, status: number, body: string): void {
  socket.end(
    [
      `HTTP/1.1 ${status} Refused`,
      'connection: close',
      'content-type: application/json',
      `content-length: ${Buffer.byteLength(body)}`,
      '',
      body,
    ].join('\r\n'),
  );
}
