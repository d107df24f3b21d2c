#!/usr/bin/env node
/** `npm start`: the dispatcher alone, on this machine. */
import { networkInterfaces } from 'node:os';
import { resolve } from 'node:path';
import { Command, InvalidArgumentError } from 'commander';
import { ensureSecrets } from '../shared/actions/ensureSecrets.ts';
import { systemClock } from '../shared/model/clock.ts';
import { templates } from '../templates/index.ts';
import { startLocalFarm } from './farm.ts';
import { systemTimer } from './gateway/timer.ts';
import { DataInUseError } from './store/database.ts';

/** As EventBridge ticks. */
const TICK_SECONDS = 60;

const options = new Command()
  .name('npm start --')
  .description('Starts the Rollcall dispatcher on this machine.')
  .option('--port <number>', 'port to listen on', portNumber, 9890)
  .option('--host <address>', 'address to listen on; beyond 127.0.0.1 put TLS in front', '127.0.0.1')
  .option('--data <folder>', 'where everything is kept', '.rollcall')
  .addHelpText(
    'after',
    `
Environment:
  ROLLCALL_ADMIN_PASSWORD  password of user admin (made and printed at the first start otherwise)
  ROLLCALL_JOIN_TOKEN      token with which render nodes register (the same)`,
  )
  .parse()
  .opts<{ port: number; host: string; data: string }>();

try {
  await main();
} catch (error) {
  const text = error instanceof Error ? startError(error) : String(error);
  console.error(`rollcall: ${text}`);
  process.exit(1);
}

async function main(): Promise<void> {
  const data = resolve(options.data);
  const farm = await startLocalFarm({
    data,
    host: options.host,
    port: options.port,
    publicUrl: (listening) => reachableUrl(options.host, listening),
    templates,
    clock: systemClock,
    timer: systemTimer,
    tickSeconds: TICK_SECONDS,
    isDriven: true,
    log: (line) => console.error(line),
  });
  const { adminPassword, joinToken } = await ensureSecrets(farm.context, {
    adminPassword: process.env['ROLLCALL_ADMIN_PASSWORD'],
    joinToken: process.env['ROLLCALL_JOIN_TOKEN'],
  });
  if (adminPassword !== undefined) console.log(`Password of user admin, shown only now: ${adminPassword}`);
  if (joinToken !== undefined) console.log(`Join token for render nodes, shown only now: ${joinToken}`);
  console.log(`Rollcall listening on ${farm.url}`);
  const stop = (): void => {
    farm.close().then(
      () => process.exit(0),
      (error: unknown) => {
        console.error(`rollcall: stopping failed: ${error}`);
        process.exit(1);
      },
    );
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, stop);
}

function portNumber(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new InvalidArgumentError('must be a number from 0 to 65535.');
  }
  return port;
}

/** Nodes on other machines cannot reach "all addresses": they are given the first that leads to this machine. */
function reachableUrl(host: string, listening: string): string {
  if (host !== '0.0.0.0' && host !== '::') return listening;
  const address = Object.values(networkInterfaces())
    .flatMap((entries) => entries ?? [])
    .find(({ internal, family }) => !internal && family === 'IPv4')?.address;
  return address === undefined ? listening : `http://${address}:${new URL(listening).port}`;
}

function startError(error: Error & { code?: string }): string {
  if (error instanceof DataInUseError)
    return `${error.message}; stop it, or choose another folder with --data`;
  if (error.code === 'EADDRINUSE') {
    return `port ${options.port} of ${options.host} is in use; choose another with --port`;
  }
  return error.message;
}
