/** Where a browser comes back to after a login elsewhere: a port of this machine that nobody else reaches. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exitCodes } from './exitCodes.ts';
import { CliError } from './failure.ts';

const PATH = '/callback';
/** As long as the dispatcher keeps a login. */
const PATIENCE_MS = 600_000;

const page = (text: string): string =>
  `<!doctype html><meta charset="utf-8"><title>Rollcall</title><p>${text}</p>\n`;

interface SsoCallback {
  /** Where the browser has to come back to. */
  readonly address: string;
  /** What it brings, after the question mark. Whoever comes without the state of this login is not heard. */
  arrival(state: string): Promise<string>;
  close(): void;
}

export async function listenForCallback(): Promise<SsoCallback> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    address: `http://127.0.0.1:${port}${PATH}`,
    arrival: (state) =>
      new Promise((resolve, reject) => {
        const timer = setTimeout(
          () => reject(new CliError(exitCodes.denied, 'nobody has logged in within ten minutes')),
          PATIENCE_MS,
        );
        server.on('request', ({ url = '/' }, response) => {
          const { pathname, search, searchParams } = new URL(url, 'http://127.0.0.1');
          const isMine = pathname === PATH && searchParams.get('state') === state;
          const text = isMine
            ? 'Rollcall goes on in the terminal. You can close this window.'
            : 'This is no login that Rollcall waits for.';
          response.writeHead(isMine ? 200 : 404, {
            'content-type': 'text/html; charset=utf-8',
            connection: 'close',
          });
          response.end(page(text), () => {
            if (!isMine) return;
            clearTimeout(timer);
            resolve(search.slice(1));
          });
        });
      }),
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
