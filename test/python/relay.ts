/** Something between a script and the farm that sees requests, and loses what the test wants lost. */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { type AddressInfo, connect } from 'node:net';
import { text } from 'node:stream/consumers';
import type { TestContext } from 'node:test';

/** What happens to a request: it is answered, its answer is lost, the connection is closed after it, its token is lost. */
export type Fate = 'answer' | 'lose' | 'close' | 'strip';

export interface Relay {
  readonly port: number;
  /** Targets of the requests, as they came. */
  readonly targets: readonly string[];
  /** Header `Proxy-Authorization` of the requests. */
  readonly proxyUsers: readonly (string | undefined)[];
  connections(): number;
}

export interface RelayOptions {
  readonly fate?: (path: string) => Fate;
  /** Makes it an HTTPS server. */
  readonly tls?: { readonly key: string; readonly cert: string };
  /** Where a tunnel leads, whatever it asks for. */
  readonly tunnelTo?: number;
}

export async function startRelay(
  t: TestContext,
  farmUrl: string,
  options: RelayOptions = {},
): Promise<Relay> {
  const targets: string[] = [];
  const proxyUsers: (string | undefined)[] = [];
  let connections = 0;
  const see = (request: IncomingMessage): void => {
    targets.push(request.url ?? '');
    proxyUsers.push(request.headers['proxy-authorization']);
  };
  const listener: Parameters<typeof createServer>[1] = async (request, response) => {
    see(request);
    const { pathname, search } = new URL(request.url ?? '', 'http://relay');
    const fate = options.fate?.(pathname) ?? 'answer';
    const { authorization } = request.headers;
    const body = await text(request);
    const answer = await fetch(farmUrl + pathname + search, {
      method: request.method ?? 'GET',
      headers: {
        'content-type': 'application/json',
        ...(authorization === undefined || fate === 'strip' ? {} : { authorization }),
      },
      ...(request.method === 'GET' ? {} : { body }),
    });
    const content = await answer.text();
    if (fate === 'lose') {
      request.socket.destroy();
      return;
    }
    response.writeHead(answer.status, {
      'content-type': 'application/json',
      'content-length': content.length,
    });
    response.end(content, () => {
      // Without a word, as a load balancer lets go of a connection that is idle.
      if (fate === 'close') request.socket.end();
    });
  };
  const server: Server =
    options.tls === undefined ? createServer(listener) : createSecureServer(options.tls, listener);
  server.on('connection', () => (connections += 1));
  server.on('connect', (request, socket, head) => {
    see(request);
    const target = connect(options.tunnelTo ?? 0, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      target.write(head);
      target.pipe(socket).pipe(target);
    });
    for (const side of [target, socket]) side.on('error', () => target.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => {
    server.close();
    server.closeAllConnections();
  });
  return {
    port: (server.address() as AddressInfo).port,
    targets,
    proxyUsers,
    connections: () => connections,
  };
}
