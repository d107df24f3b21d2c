/**
 * One keep-alive connection that sends a request at a time. Written by hand on a socket: a load generator that
 * shares the machine with what it measures must cost as little as it can.
 */
import { connect, type Socket } from 'node:net';

export interface Reply {
  readonly status: number;
  readonly body: string;
}

const headEnd = Buffer.from('\r\n\r\n');

export class Connection {
  readonly #socket: Socket;
  /** As the requests name it. */
  readonly host: string;
  #received: Buffer = Buffer.alloc(0);
  #waiting: PromiseWithResolvers<Reply> | undefined;
  #error: Error | undefined;

  private constructor(socket: Socket, host: string) {
    this.#socket = socket;
    this.host = host;
    socket.setNoDelay(true);
    socket.on('data', (data) => this.#take(data));
    socket.on('error', (error) => this.#fail(error));
    socket.on('close', () => this.#fail(new Error('the dispatcher closed the connection')));
  }

  static open(url: string): Promise<Connection> {
    const { hostname, port, host } = new URL(url);
    return new Promise((resolve, reject) => {
      const socket = connect(Number(port), hostname);
      socket.once('error', reject);
      socket.once('connect', () => {
        socket.off('error', reject);
        resolve(new Connection(socket, host));
      });
    });
  }

  get(path: string, token: string): Promise<Reply> {
    return this.#send('GET', path, `authorization: Bearer ${token}\r\n`, '');
  }

  post(path: string, token: string, body: string): Promise<Reply> {
    return this.#send(
      'POST',
      path,
      `authorization: Bearer ${token}\r\ncontent-type: application/json\r\n`,
      body,
    );
  }

  postWith(path: string, headers: Readonly<Record<string, string>>, body: string): Promise<Reply> {
    const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
    return this.#send('POST', path, lines.join(''), body);
  }

  /** Ends it at once, as a machine does that loses its power. */
  destroy(): void {
    this.#socket.destroy();
  }

  #send(method: string, path: string, headers: string, body: string): Promise<Reply> {
    if (this.#error !== undefined) return Promise.reject(this.#error);
    if (this.#waiting !== undefined) throw new Error('a connection sends one request at a time');
    this.#waiting = Promise.withResolvers();
    const length = body === '' ? '' : `content-length: ${Buffer.byteLength(body)}\r\n`;
    this.#socket.write(`${method} ${path} HTTP/1.1\r\nhost: ${this.host}\r\n${headers}${length}\r\n${body}`);
    return this.#waiting.promise;
  }

  #take(data: Buffer): void {
    this.#received = this.#received.length === 0 ? data : Buffer.concat([this.#received, data]);
    const end = this.#received.indexOf(headEnd);
    if (end === -1) return;
    const head = this.#received.toString('latin1', 0, end);
    const length = Number(/\r\ncontent-length: *(\d+)/i.exec(head)?.[1] ?? 0);
    const start = end + headEnd.length;
    if (this.#received.length < start + length) return;
    const reply = {
      status: Number(head.slice(9, 12)),
      body: this.#received.toString('utf8', start, start + length),
    };
    this.#received = this.#received.subarray(start + length);
    const waiting = this.#waiting;
    this.#waiting = undefined;
    waiting?.resolve(reply);
  }

  #fail(error: Error): void {
    this.#error ??= error;
    this.#waiting?.reject(this.#error);
    this.#waiting = undefined;
  }
}
