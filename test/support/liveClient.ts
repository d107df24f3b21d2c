/** A Console as tests need one: a WebSocket over a real socket that keeps what it hears. */
import { once } from 'node:events';
import { WebSocket } from 'ws';
import type { ConsoleEvent, ServerMessage } from '../../shared/contract/consoleEvents.ts';
import type { TestFarm } from './startFarm.ts';

export interface LiveClient {
  readonly socket: WebSocket;
  /** Every message so far. */
  readonly heard: ServerMessage[];
  /** Says something and answers with the answer. */
  say(message: object | string): Promise<ServerMessage>;
  /** Every event so far. */
  events(): ConsoleEvent[];
  /** Waits until what was heard fulfils something. */
  until(isSo: (heard: readonly ServerMessage[]) => boolean): Promise<void>;
  /** Waits until the connection is closed. */
  closed(): Promise<void>;
}

export interface LiveClientOptions {
  readonly query?: string;
  readonly protocols?: string[];
  readonly headers?: Record<string, string>;
}

/** Ends with the test. Throws what a refused handshake answers: its status. */
export async function liveClient(
  farm: Pick<TestFarm, 'url' | 'context'>,
  token: string | undefined,
  { query = '', protocols = [], headers = {} }: LiveClientOptions = {},
): Promise<LiveClient> {
  const socket = new WebSocket(`${farm.url.replace(/^http/, 'ws')}/live${query}`, protocols, {
    headers: { ...(token === undefined ? {} : { authorization: `Bearer ${token}` }), ...headers },
  });
  const heard: ServerMessage[] = [];
  const watchers = new Set<() => void>();
  socket.on('message', (data) => {
    heard.push(JSON.parse(String(data)) as ServerMessage);
    for (const watcher of watchers) watcher();
  });
  const refused = new Promise<never>((_, reject) =>
    socket.on('unexpected-response', (_request, response) => {
      let body = '';
      response.on('data', (part: Buffer) => (body += String(part)));
      response.on('end', () => reject(new RefusedHandshake(response.statusCode ?? 0, body)));
    }),
  );
  await Promise.race([once(socket, 'open'), refused]);
  socket.on('error', () => {});
  const until: LiveClient['until'] = (isSo) =>
    new Promise((resolve) => {
      const look = (): void => {
        if (!isSo(heard)) return;
        watchers.delete(look);
        resolve();
      };
      watchers.add(look);
      look();
    });
  const closing = once(socket, 'close');
  return {
    socket,
    heard,
    until,
    async say(message) {
      const before = heard.filter(isAnswer).length;
      socket.send(typeof message === 'string' ? message : JSON.stringify(message));
      await until((all) => all.filter(isAnswer).length > before);
      return heard.filter(isAnswer)[before] as ServerMessage;
    },
    events: () => heard.flatMap((message) => (message.kind === 'events' ? message.events : [])),
    async closed() {
      await closing;
    },
  };
}

const isAnswer = ({ kind }: ServerMessage): boolean => kind !== 'events';

export class RefusedHandshake extends Error {
  readonly status: number;
  constructor(status: number, body: string) {
    super(body);
    this.status = status;
  }
}
